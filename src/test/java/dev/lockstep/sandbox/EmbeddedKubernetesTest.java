package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.sandbox.embedded.Requests;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedKubernetesTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = MAPS + "/settings";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final RawApi api = new RawApi(kubernetes.url());

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {RawApi.MERGE_PATCH, RawApi.STRATEGIC_MERGE_PATCH})
    void aMergePatch_replacesArrays_andRemovesWhatIsNull(String contentType) {
        api.post(MAPS, object("ConfigMap", "settings", "\"data\": {\"a\": \"1\", \"b\": \"1\"}"));
        api.patch(MAP, contentType, "{\"metadata\": {\"finalizers\": [\"x/one\"]}}");

        var answer =
                api.patch(
                        MAP,
                        contentType,
                        "{\"metadata\": {\"finalizers\": [\"x/two\"]}, \"data\": {\"a\": null}}");

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body().at("/metadata/finalizers")).hasToString("[\"x/two\"]");
        assertThat(api.get(MAP).body().get("data")).hasToString("{\"b\":\"1\"}");
    }

    @Test
    void aJsonPatch_appliesOrIsRefusedAsAWhole() {
        api.post(MAPS, object("ConfigMap", "settings", "\"data\": {\"a\": \"1\"}"));
        var test = "{\"op\": \"test\", \"path\": \"/data/a\", \"value\": \"%s\"}";
        var set = "{\"op\": \"replace\", \"path\": \"/data/a\", \"value\": \"2\"}";

        var refused =
                api.patch(MAP, RawApi.JSON_PATCH, "[" + test.formatted("other") + "," + set + "]");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");

        api.patch(MAP, RawApi.JSON_PATCH, "[" + test.formatted("1") + "," + set + "]");
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("2");
    }

    @Test
    void aWriteOnAnOlderState_isAConflict() {
        var old = api.post(MAPS, object("ConfigMap", "settings", "\"data\": {}")).body();
        api.patch(MAP, RawApi.MERGE_PATCH, "{\"data\": {\"a\": \"1\"}}");

        assertThat(api.put(MAP, old.toString()).text("/reason")).isEqualTo("Conflict");
        var again = api.post(MAPS, object("ConfigMap", "settings", "\"data\": {}"));
        assertThat(again.text("/reason")).isEqualTo("AlreadyExists");
    }

    @Test
    void reviews_allowEverything() {
        var rules =
                api.post(
                        REVIEWS + "selfsubjectrulesreviews",
                        "{\"kind\": \"SelfSubjectRulesReview\"}");
        var access =
                api.post(
                        REVIEWS + "selfsubjectaccessreviews",
                        "{\"kind\": \"SelfSubjectAccessReview\"}");

        assertThat(rules.text("/status/resourceRules/0/verbs/0")).isEqualTo("*");
        assertThat(access.body().at("/status/allowed").asBoolean()).isTrue();
    }

    @Test
    void whatAnObjectOwns_goesWithIt() {
        var owner = api.post(MAPS, object("ConfigMap", "owner", "\"data\": {}"));
        var child = api.post(MAPS, owned("child", owner.body()));
        api.post(MAPS, owned("grandchild", child.body()));
        api.post(MAPS, object("ConfigMap", "foreign", "\"data\": {}"));

        api.delete(MAPS + "/owner", "");

        assertThat(api.get(MAPS).body().get("items"))
                .extracting(item -> item.at("/metadata/name").asText())
                .containsExactly("foreign");
    }

    @Test
    void aDeletePrecondition_isHeld() {
        var map = api.post(MAPS, object("ConfigMap", "settings", "\"data\": {}"));
        var options = "{\"preconditions\": {\"uid\": \"%s\"}}";

        assertThat(api.delete(MAP, options.formatted("another")).code()).isEqualTo(409);
        var uid = map.text("/metadata/uid");
        assertThat(api.delete(MAP, options.formatted(uid)).code()).isEqualTo(200);
        assertThat(api.get(MAP).code()).isEqualTo(404);
    }

    @Test
    void anObjectWithAFinalizer_isMarked_andGoesWithTheLastFinalizer() {
        api.post(MAPS, object("ConfigMap", "settings", "\"data\": {}"));
        api.patch(MAP, RawApi.MERGE_PATCH, "{\"metadata\": {\"finalizers\": [\"x/one\"]}}");

        api.delete(MAP, "");
        assertThat(Instant.parse(api.get(MAP).text("/metadata/deletionTimestamp"))).isNotNull();

        api.patch(MAP, RawApi.MERGE_PATCH, "{\"metadata\": {\"finalizers\": null}}");
        assertThat(api.get(MAP).code()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?labelSelector=team+in+(a,b)",
                "?fieldSelector=spec.nodeName%3Dx",
                "?dryRun=All"
            })
    void whatItCannotDo_itRefuses(String query) {
        assertThat(api.get(MAPS + query).code()).isEqualTo(400);
    }

    @Test
    void schemas_areThoseOfTheServedVersionsOfItsCrds(@TempDir Path crds) throws IOException {
        Files.copy(getClass().getResourceAsStream("widgets.yaml"), crds.resolve("widgets.yaml"));

        kubernetes.applyCrds(crds);

        var schema = "/components/schemas/org.example.v1.Widget";
        var served = api.get("/openapi/v3/apis/example.org/v1");
        assertThat(served.text(schema + "/properties/spec/properties/size/type"))
                .isEqualTo("integer");
        assertThat(served.text(schema + "/x-kubernetes-group-version-kind/0/kind"))
                .isEqualTo("Widget");
        assertThat(api.get("/openapi/v3/apis/example.org/v1beta1").code()).isEqualTo(404);
        assertThat(api.get("/openapi/v3").body().at("/paths").fieldNames())
                .toIterable()
                .containsExactly("apis/example.org/v1");
        assertThat(api.get("/apis").text("/groups/0/preferredVersion/groupVersion"))
                .isEqualTo("example.org/v1");
        assertThat(api.get("/apis/example.org/v1").text("/resources/0/name")).isEqualTo("widgets");
    }

    @Test
    void coreResources_areFoundByTheirShortNames() {
        assertThat(api.get("/api").text("/versions/0")).isEqualTo("v1");
        assertThat(api.get("/api/v1").body().at("/resources"))
                .extracting(resource -> resource.at("/shortNames/0").asText())
                .contains("cm", "ns", "sa");
    }

    @Test
    void aFolderOfCrdsThatDoesNotExist_holdsNone(@TempDir Path folder) {
        kubernetes.applyCrds(folder.resolve("absent"));

        assertThat(api.get("/apis").body().at("/groups")).isEmpty();
    }

    @Test
    void theOperatorsRequests_areCountedByVerbAndResource(@TempDir Path folder) throws IOException {
        var config = Config.fromKubeconfig(kubernetes.kubeconfig(folder).toFile());
        try (var operator = new KubernetesClientBuilder().withConfig(config).build()) {
            api.post(SECRETS, object("Secret", "database", "\"data\": {}"));
            operator.secrets().inNamespace("default").withName("database").get();
            var before = kubernetes.requests();

            operator.secrets().inNamespace("default").list();
            operator.secrets().inNamespace("default").withName("database").delete();
            kubernetes.client().secrets().inNamespace("default").list();

            assertThat(before.counts()).containsOnlyKeys("get secrets");
            var since = kubernetes.requests().since(before);
            assertThat(since.of("list", "secrets")).isOne();
            assertThat(since.writes().counts()).containsOnlyKeys("delete secrets");
            assertThat(since.total()).isEqualTo(2);
        }
    }

    @Test
    void leasesTokensAndReviews_areNoWrites() {
        try (var operator =
                new KubernetesClientBuilder().withConfig(kubernetes.operatorConfig()).build()) {
            operator.resource(
                            "{\"apiVersion\": \"coordination.k8s.io/v1\", \"kind\": \"Lease\","
                                    + " \"metadata\": {\"name\": \"leader\", \"namespace\": \"default\"}}")
                    .create();
        }

        assertThat(kubernetes.requests().of("create", "leases")).isOne();
        assertThat(kubernetes.requests().writes()).isEqualTo(new Requests(new TreeMap<>()));
    }

    private static String object(String kind, String name, String rest) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"%s\", \"metadata\": {\"name\": \"%s\"}, %s}"
                .formatted(kind, name, rest);
    }

    @Test
    void whatIsMadeForAnOwnerThatHasGone_goesToo() {
        var owner = api.post(MAPS, object("ConfigMap", "owner", "\"data\": {}"));
        api.delete(MAPS + "/owner", "");

        var child = api.post(MAPS, owned("child", owner.body()));

        assertThat(child.code()).isEqualTo(201);
        assertThat(api.get(MAPS + "/child").code()).isEqualTo(404);
    }

    private static String owned(String name, JsonNode owner) {
        return ("{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"%s\","
                        + " \"ownerReferences\": [{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\","
                        + " \"name\": \"%s\", \"uid\": \"%s\"}]}}")
                .formatted(
                        name,
                        owner.at("/metadata/name").asText(),
                        owner.at("/metadata/uid").asText());
    }
}
