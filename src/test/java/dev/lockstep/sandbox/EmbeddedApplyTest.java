package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-side apply on the embedded API. */
class EmbeddedApplyTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = MAPS + "/settings";
    private static final String WIDGETS = "/apis/example.org/v1/namespaces/default/widgets";
    private static final String WIDGET = WIDGETS + "/one";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final RawApi api = new RawApi(kubernetes.url());

    @BeforeEach
    void serveWidgets() {
        kubernetes.client().load(getClass().getResourceAsStream("widgets.yaml")).create();
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void anAbsentObject_isCreated() {
        var answer = api.apply(MAP, "me", map("{\"a\": \"1\"}"));

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.text("/metadata/uid")).isNotEmpty();
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");
    }

    @Test
    void yaml_isUnderstood() {
        var yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: '1'}\n";

        assertThat(api.apply(MAP, "me", yaml).code()).isEqualTo(201);
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");
    }

    @Test
    void aFieldThatTheManagerNoLongerSends_goes_andWhatOthersWroteStays() {
        api.post(MAPS, map("{\"foreign\": \"x\"}"));
        api.apply(MAP, "me", map("{\"a\": \"1\", \"b\": \"2\"}"));

        api.apply(MAP, "me", map("{\"b\": \"3\"}"));

        assertThat(api.get(MAP).body().get("data")).hasToString("{\"foreign\":\"x\",\"b\":\"3\"}");
    }

    @Test
    void aFieldThatTwoManagersApplied_goesWithTheLastOfThem() {
        api.apply(MAP, "me", map("{\"shared\": \"1\", \"mine\": \"1\"}"));
        api.apply(MAP, "you", map("{\"shared\": \"1\"}"));

        api.apply(MAP, "me", map("{\"mine\": \"1\"}"));
        assertThat(api.get(MAP).text("/data/shared")).isEqualTo("1");

        api.apply(MAP, "you", map("{}"));
        assertThat(api.get(MAP).body().get("data")).hasToString("{\"mine\":\"1\"}");
    }

    @Test
    void anotherValueForAFieldOfAnotherManager_isAConflictThatNamesBoth() {
        api.apply(MAP, "me", map("{\"a\": \"1\"}"));

        var answer = api.apply(MAP, "you", map("{\"a\": \"2\"}"));

        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.text("/details/causes/0/reason")).isEqualTo("FieldManagerConflict");
        assertThat(answer.text("/details/causes/0/field")).isEqualTo(".data.a");
        assertThat(answer.text("/details/causes/0/message")).contains("\"me\"");
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");
    }

    @Test
    void force_takesTheFieldAway_soThatItsFormerOwnerNoLongerRemovesIt() {
        api.apply(MAP, "me", map("{\"a\": \"1\", \"b\": \"1\"}"));

        var answer =
                api.patch(
                        MAP + "?fieldManager=you&force=true", RawApi.APPLY, map("{\"a\": \"2\"}"));
        api.apply(MAP, "me", map("{\"b\": \"1\"}"));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("2");
    }

    @Test
    void theSameAgain_writesNothing() {
        var first = api.apply(MAP, "me", map("{\"a\": \"1\"}"));

        var second = api.apply(MAP, "me", map("{\"a\": \"1\"}"));

        assertThat(second.text("/metadata/resourceVersion"))
                .isEqualTo(first.text("/metadata/resourceVersion"));
    }

    @Test
    void anApplyThatNamesAnotherUid_neitherCreatesNorChanges() {
        var other = "{\"name\": \"settings\", \"uid\": \"another\"}";

        assertThat(api.apply(MAP, "me", map(other, "{\"a\": \"1\"}")).code()).isEqualTo(409);
        assertThat(api.get(MAP).code()).isEqualTo(404);

        api.apply(MAP, "me", map("{\"a\": \"1\"}"));
        assertThat(api.apply(MAP, "me", map(other, "{\"a\": \"2\"}")).code()).isEqualTo(409);
        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");
    }

    @Test
    void withoutAFieldManager_itIsRefused() {
        assertThat(api.patch(MAP, RawApi.APPLY, map("{}")).code()).isEqualTo(400);
    }

    @Test
    void whatWasOwned_isForgottenWithTheObject() {
        api.apply(MAP, "me", map("{\"a\": \"1\"}"));
        api.delete(MAP, "");
        api.post(MAPS, map("{\"a\": \"1\"}"));

        api.apply(MAP, "me", map("{\"b\": \"1\"}"));

        assertThat(api.get(MAP).text("/data/a")).isEqualTo("1");
    }

    @Test
    void status_isAppliedApartFromTheRest() {
        api.post(WIDGETS, widget("\"spec\": {\"size\": 1}"));

        var answer = api.apply(WIDGET + "/status", "me", widget("\"status\": {\"ready\": 1}"));
        api.apply(WIDGET, "me", widget("\"spec\": {\"size\": 2}, \"status\": {\"ready\": 9}"));

        assertThat(answer.code()).isEqualTo(200);
        var stored = api.get(WIDGET);
        assertThat(stored.text("/spec/size")).isEqualTo("2");
        assertThat(stored.text("/status/ready")).isEqualTo("1");
        assertThat(stored.text("/metadata/generation")).isEqualTo("2");
    }

    @Test
    void conditions_areMergedByType() {
        api.post(WIDGETS, widget("\"spec\": {}"));
        api.apply(WIDGET + "/status", "me", conditions("Ready=True", "Old=True"));
        api.apply(WIDGET + "/status", "you", conditions("Rolled=False"));

        api.apply(WIDGET + "/status", "me", conditions("Ready=False"));

        assertThat(api.get(WIDGET).body().at("/status/conditions"))
                .extracting(c -> c.get("type").asText() + "=" + c.get("status").asText())
                .containsExactly("Ready=False", "Rolled=False");
    }

    @Test
    void theStatusOfAnAbsentObject_isNotFound() {
        var answer = api.apply(WIDGET + "/status", "me", widget("\"status\": {}"));

        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.text("/reason")).isEqualTo("NotFound");
    }

    private static String map(String data) {
        return map("{\"name\": \"settings\"}", data);
    }

    private static String map(String metadata, String data) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": %s, \"data\": %s}"
                .formatted(metadata, data);
    }

    private static String widget(String rest) {
        return ("{\"apiVersion\": \"example.org/v1\", \"kind\": \"Widget\","
                        + " \"metadata\": {\"name\": \"one\"}, %s}")
                .formatted(rest);
    }

    private static String conditions(String... typesAndStatus) {
        var items = new StringBuilder();
        for (var condition : typesAndStatus) {
            var parts = condition.split("=");
            items.append(items.isEmpty() ? "" : ", ")
                    .append("{\"type\": \"%s\", \"status\": \"%s\"}".formatted(parts[0], parts[1]));
        }
        return widget("\"status\": {\"conditions\": [" + items + "]}");
    }
}
