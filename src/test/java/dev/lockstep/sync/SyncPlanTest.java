package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.AwsService;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.StoreKind;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncPlanTest {
    private static final StoreName STORE = new StoreName(StoreKind.SecretStore, "aws");
    private static final String SPEC =
            """
            secretStoreRef: {name: aws}
            refreshInterval: 1h
            data:
              - {secretKey: user, remoteRef: {key: db, property: user}}
              - {secretKey: password, remoteRef: {key: db, property: password}}
              - {secretKey: old, remoteRef: {key: db, version: AWSPREVIOUS}}
              - {secretKey: pinned, remoteRef: {key: db, version: uuid/1-2}}
            """;
    private static final ValueRef CURRENT = ref("");
    private static final ValueRef PREVIOUS = ref("AWSPREVIOUS");
    private static final RemoteVersion V1 = new RemoteVersion("arn-A", "v1");
    private static final RemoteVersion V2 = new RemoteVersion("arn-A", "v2");

    @Test
    void entriesOfOneValue_shareARead() {
        assertThat(plan(SPEC, use("")).reads())
                .extracting(read -> read.ref().version())
                .containsExactly("", "AWSPREVIOUS", "uuid/1-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key: /app/db | /app/db | staging label AWSCURRENT",
                "key: /app/db, version: 3 | /app/db | version id 3",
                "key: /app/db, version: prod | /app/db | label prod",
                "key: '/app/db:3' | /app/db | version id 3",
                "key: '/app/db:prod' | /app/db | label prod",
                "key: 'arn:aws:ssm:r:1:parameter/db:3' | arn:aws:ssm:r:1:parameter/db | version id 3",
                "key: 'arn:aws:ssm:r:1:parameter/db' | arn:aws:ssm:r:1:parameter/db | staging label AWSCURRENT",
                "key: 'arn:aws:kms:r:1:key/db' | arn:aws:kms:r:1:key/db | staging label AWSCURRENT"
            })
    void ofAParameter_keyAndVersion_areTakenAsAwsTakesThem(
            String remoteRef, String key, String version) {
        var identity =
                new Identity(
                        new Identity.Credentials.Operator(),
                        List.of(),
                        AwsService.ParameterStore,
                        "eu-west-1",
                        "");
        var spec =
                """
                secretStoreRef: {name: aws}
                data: [{secretKey: a, remoteRef: {%s}}]
                """
                        .formatted(remoteRef);

        assertThat(plan(spec, new SyncPlan.StoreUse("uid", "", identity)).reads())
                .singleElement()
                .satisfies(read -> assertThat(read.key().id()).isEqualTo(key))
                .satisfies(read -> assertThat(read.version()).hasToString(version));
    }

    @Test
    void thePrefix_standsBeforeTheKey() {
        assertThat(plan(SPEC, use("prod/")).reads())
                .allSatisfy(read -> assertThat(read.key().id()).isEqualTo("prod/db"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: [{secretKey: other, remoteRef: {key: db}}]",
                "data: [{secretKey: user, remoteRef: {key: db, decodingStrategy: Base64}}]",
                "data: [{secretKey: user, remoteRef: {key: db}}]\ntarget: {name: other}",
                "data: [{secretKey: user, remoteRef: {key: db}}]\ndataFrom: [{extract: {key: db}}]"
            })
    void whatShapesTheData_movesTheInputs(String spec) {
        var before = inputs("data: [{secretKey: user, remoteRef: {key: db}}]");
        assertThat(inputs(spec)).isNotEqualTo(before);
        assertThat(inputs(spec)).isEqualTo(inputs(spec));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refreshInterval: 2h", "refreshPolicy: OnChange"})
    void whenToLook_doesNotMoveTheInputs(String setting) {
        var data = "data: [{secretKey: user, remoteRef: {key: db}}]\n";
        assertThat(inputs(data + setting)).isEqualTo(inputs(data));
    }

    @Test
    void storeIdentityAndPrefix_moveTheInputs() {
        var before = plan(SPEC, use("")).inputs();
        assertThat(List.of(use("prod/"), otherStore(), otherRegion()))
                .allSatisfy(
                        use ->
                                assertThat(plan(SPEC, use).inputs().hash())
                                        .isNotEqualTo(before.hash()));
    }

    @Test
    void contentOfTemplates_movesTheInputs() {
        var source = new TemplateSource(TemplateSource.Kind.ConfigMap, "templates");
        var other = new TemplateSource(TemplateSource.Kind.Secret, "templates");
        assertThat(
                        Stream.of(
                                        Map.<TemplateSource, Optional<String>>of(),
                                        Map.of(source, Optional.<String>empty()),
                                        Map.of(source, Optional.of("one")),
                                        Map.of(source, Optional.of("two")),
                                        Map.of(other, Optional.of("two")))
                                .map(
                                        contents ->
                                                SyncPlan.of(
                                                                externalSecret(SPEC),
                                                                Map.of(STORE, use("")),
                                                                contents)
                                                        .inputs()
                                                        .hash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void forceSync_movesTheInputs_butNotWhatShapesTheData() {
        var before = plan(SPEC, use("")).inputs();
        var forced = externalSecret(SPEC);
        forced.getMetadata().getAnnotations().put(SyncPlan.FORCE_SYNC, "now");
        var after = SyncPlan.of(forced, Map.of(STORE, use("")), Map.of()).inputs();
        assertThat(after).isNotEqualTo(before);
        assertThat(after.sameButForceSync(before)).isTrue();
    }

    @Test
    void aMovedLabel_movesTheVersions() {
        var plan = plan(SPEC, use(""));
        var before = plan.versions(Map.of(CURRENT, V1, PREVIOUS, V1));
        assertThat(plan.versions(Map.of(CURRENT, V2, PREVIOUS, V1))).isNotEqualTo(before);
        assertThat(plan.versions(Map.of(CURRENT, V1, PREVIOUS, V2))).isNotEqualTo(before);
        assertThat(plan.versions(Map.of(PREVIOUS, V1))).isNotEqualTo(before);
        assertThat(plan.versions(Map.of(PREVIOUS, V1, CURRENT, V1))).isEqualTo(before);
    }

    @Test
    void theSameVersionIdUnderAnotherArn_movesTheVersions() {
        var plan = plan(SPEC, use(""));
        var madeAgain = new RemoteVersion("arn-B", "v1");
        assertThat(plan.versions(Map.of(CURRENT, madeAgain, PREVIOUS, V1)))
                .isNotEqualTo(plan.versions(Map.of(CURRENT, V1, PREVIOUS, V1)));
    }

    @Test
    void aVersionAskedForById_isTheSameWhetherItWasReadOrNot() {
        var plan = plan(SPEC, use(""));
        assertThat(plan.versions(Map.of(CURRENT, V1, PREVIOUS, V1, ref("uuid/1-2"), V2)))
                .isEqualTo(plan.versions(Map.of(CURRENT, V1, PREVIOUS, V1)));
    }

    @Test
    void whatIsFound_isReadByItsWholeName_afterWhatIsAskedFor() {
        var plan = found("app/b", "app/a");

        assertThat(plan.reads())
                .extracting(read -> read.key().id())
                .containsExactly("prod/db", "app/a", "app/b");
        assertThat(plan.matches().get(FIND)).containsExactly(match("app/a"), match("app/b"));
    }

    @Test
    void whatIsFound_movesTheVersions_butNotTheInputs() {
        var one = found("app/a");
        var two = found("app/a", "app/b");
        var versions = Map.of(ref(""), V1, match("app/a"), V1, match("app/b"), V2);

        assertThat(two.inputs()).isEqualTo(one.inputs());
        assertThat(two.versions(versions)).isNotEqualTo(one.versions(versions));
        assertThat(two.versions(Map.of(ref(""), V1, match("app/a"), V1)))
                .isEqualTo(one.versions(versions));
        assertThat(one.versions(Map.of(ref(""), V1, match("app/a"), V2)))
                .isNotEqualTo(one.versions(versions));
    }

    @Test
    void aSelectorThatChanges_movesTheInputs() {
        assertThat(inputs("dataFrom: [{find: {path: a}}]"))
                .isNotEqualTo(inputs("dataFrom: [{find: {path: b}}]"));
    }

    @Test
    void tags_areAskedForWithoutAVersion() {
        var spec =
                "secretStoreRef: {name: aws}\n"
                        + "data: [{secretKey: k, remoteRef: {key: db, version: v, metadataPolicy: Fetch}}]";

        assertThat(plan(spec, use("prod/")).reads())
                .singleElement()
                .satisfies(read -> assertThat(read.version()).isEqualTo(RequestedVersion.TAGS))
                .satisfies(read -> assertThat(read.key().id()).isEqualTo("prod/db"));
    }

    private static final FindRef FIND =
            new FindRef(StoreKind.SecretStore, "aws", "app/", "", Map.of());

    private static SyncPlan found(String... names) {
        var spec =
                "secretStoreRef: {name: aws}\n"
                        + "data: [{secretKey: k, remoteRef: {key: db}}]\n"
                        + "dataFrom: [{find: {path: app/}}]";
        return plan(spec, use("prod/")).with(Map.of(FIND, List.of(names)));
    }

    private static ValueRef match(String name) {
        return FIND.match(name);
    }

    private static SecretAnnotations.Inputs inputs(String spec) {
        return plan("secretStoreRef: {name: aws}\n" + spec, use("")).inputs();
    }

    private static SyncPlan plan(String spec, SyncPlan.StoreUse use) {
        return SyncPlan.of(externalSecret(spec), Map.of(STORE, use), Map.of());
    }

    private static ExternalSecret externalSecret(String spec) {
        return Serialization.unmarshal(
                "metadata: {name: database, namespace: apps, annotations: {a: b}}\nspec:\n"
                        + spec.indent(2),
                ExternalSecret.class);
    }

    private static SyncPlan.StoreUse use(String prefix) {
        return new SyncPlan.StoreUse("uid", prefix, identity("eu-west-1"));
    }

    private static SyncPlan.StoreUse otherStore() {
        return new SyncPlan.StoreUse("uid-2", "", identity("eu-west-1"));
    }

    private static SyncPlan.StoreUse otherRegion() {
        return new SyncPlan.StoreUse("uid", "", identity("us-east-1"));
    }

    private static Identity identity(String region) {
        return new Identity(
                new Identity.Credentials.Operator(),
                List.of(),
                AwsService.SecretsManager,
                region,
                "");
    }

    private static ValueRef ref(String version) {
        return new ValueRef(StoreKind.SecretStore, "aws", "db", version);
    }
}
