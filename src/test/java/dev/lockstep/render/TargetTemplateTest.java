package dev.lockstep.render;

import static dev.lockstep.render.Rendering.spec;
import static dev.lockstep.render.Rendering.templating;
import static dev.lockstep.render.Rendering.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.TemplateSource;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.source.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTemplateTest {
    private static final Map<String, String> FETCHED =
            Map.of("user", "hunter1", "password", "hunter2");
    private static final String CONFIG_MAP = "ConfigMap templates";
    private static final String SECRET = "Secret templates";

    @Test
    void withoutTemplates_theFetchedValuesAreKept() throws Exception {
        assertThat(data("{type: Opaque}")).isEqualTo(FETCHED);
        assertThat(data("{metadata: {labels: {a: b}}}")).isEqualTo(FETCHED);
    }

    @Test
    void data_replacesTheFetchedValues_orIsMergedIntoThem() throws Exception {
        assertThat(data("{data: {url: '{{ .user }}:{{ .password }}'}}"))
                .isEqualTo(Map.of("url", "hunter1:hunter2"));
        assertThat(data("{mergePolicy: Merge, data: {user: '{{ .user }}!'}}"))
                .isEqualTo(Map.of("user", "hunter1!", "password", "hunter2"));
    }

    @Test
    void templateFromForMetadataAlone_replacesTheFetchedValuesToo() throws Exception {
        assertThat(data("{templateFrom: [{target: Labels, literal: 'a: b'}]}")).isEmpty();
    }

    @Test
    void data_winsOverTemplateFrom_whichWinsOverTheFetchedValues() throws Exception {
        var template =
                "{mergePolicy: Merge, data: {c: data}, templateFrom: [{literal: 'user: one'},"
                        + " {literal: '{user: two, b: literal, c: literal}'}]}";

        assertThat(data(template))
                .isEqualTo(
                        Map.of(
                                "user", "two",
                                "password", "hunter2",
                                "b", "literal",
                                "c", "data"));
    }

    @ParameterizedTest
    @CsvSource({"configMap, ConfigMap templates", "secret, Secret templates"})
    void items_areTakenAsValuesOrAsKeysAndValues(String field, String source) throws Exception {
        var template =
                "{templateFrom: [{%s: {name: templates, items: [{key: url}, {key: map, templateAs: KeysAndValues}]}}]}"
                        .formatted(field);
        var content =
                Map.of(
                        "url",
                        "x://{{ .user }}",
                        "map",
                        "a: {{ .user }}\nport: 5432\n",
                        "other",
                        "");

        assertThat(texts(render(template, Map.of(source, content)).data()))
                .isEqualTo(Map.of("url", "x://hunter1", "a", "hunter1", "port", "5432"));
    }

    @Test
    void metadata_isRendered_andWinsOverTemplateFrom() throws Exception {
        var metadata =
                render(
                                "{metadata: {labels: {a: '{{ .user }}', b: plain}, annotations: {c: '{{ .password }}'}},"
                                        + " templateFrom: [{target: labels, literal: '{a: x, d: z}'},"
                                        + " {target: ANNOTATIONS, literal: '{c: x, e: z}'}]}",
                                Map.of())
                        .metadata()
                        .orElseThrow();

        assertThat(metadata.labels()).isEqualTo(Map.of("a", "hunter1", "b", "plain", "d", "z"));
        assertThat(metadata.annotations()).isEqualTo(Map.of("c", "hunter2", "e", "z"));
        assertThat(metadata.toString()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "None | aGk= | aGk=",
                "Base64 | aGk= | hi",
                "Base64URL | Pz8_ | ???",
                "Auto | aGk= | hi",
                "Auto | plain | plain"
            })
    void madeValues_areDecoded(String strategy, String made, String value) throws Exception {
        var template =
                "{templateFrom: [{literal: 'k: %s', valuesDecodingStrategy: %s}]}"
                        .formatted(made, strategy);

        assertThat(data(template)).isEqualTo(Map.of("k", value));
    }

    @Test
    void bytesThatAreNoText_passUnchanged() throws Exception {
        var bytes = SecretBytes.of(new byte[] {(byte) 0xff, 0, (byte) 0x80});
        var template = spec("{target: {template: {data: {k: '{{ .b }}'}}}}").target().template();

        var made = new TargetTemplate(template, Map.of()).render(Map.of("b", bytes), templating());

        assertThat(made.data()).isEqualTo(Map.of("k", bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{data: {k: '{{ .missing }}'}} | data[k]: template k, line 1, column 3, at <.missing>:",
                "{data: {k: '{{ .user'}} | data[k]: template k, line 1",
                "{data: {k: '{{ refuse .user }}'}}"
                        + " | data[k]: template k, line 1, column 3, at <refuse .user>:",
                "{data: {k: '{{ index .user 99 }}'}}"
                        + " | data[k]: template k, line 1, column 3, at <index .user 99>:",
                "{data: {'a b': x}}"
                        + " | data[a b]: it makes a key that a Secret cannot have (allowed are",
                "{templateFrom: [{literal: '{{ .user }}'}]}"
                        + " | templateFrom[0].literal: it makes no YAML map of keys and texts (it is no map)",
                "{templateFrom: [{literal: 'a: [{{ .user }}]'}]}"
                        + " | templateFrom[0].literal: it makes no YAML map of keys and texts (line 1:",
                "{templateFrom: [{literal: '{{ .user }}/x: y'}]}"
                        + " | templateFrom[0].literal: it makes a key that a Secret cannot have",
                "{templateFrom: [{literal: 'k: {{ .user }}', valuesDecodingStrategy: Base64}]}"
                        + " | templateFrom[0].literal: a value that it makes is not Base64 text",
                "{metadata: {labels: {a: '{{ .user }} {{ .user }}'}}}"
                        + " | metadata.labels[a]: it makes a label's value that Kubernetes does not allow (15",
                "{templateFrom: [{target: Labels, literal: '{{ .user }}!: y'}]}"
                        + " | templateFrom[0].literal: it makes the name of a label that",
                "{templateFrom: [{target: Annotations, literal: '{{ .user }}/ y: z'}]}"
                        + " | templateFrom[0].literal: it makes the name of an annotation that",
                "{templateFrom: [{literal: 'a: b'}, {configMap: {name: none, items: [{key: k}]}}]}"
                        + " | templateFrom[1].configMap: there is no ConfigMap none: create it in this namespace",
                "{templateFrom: [{secret: {name: none, items: []}}]}"
                        + " | templateFrom[0].secret: there is no Secret none: create it in this namespace",
                "{templateFrom: [{configMap: {name: templates, items: [{key: good}, {key: none}]}}]}"
                        + " | templateFrom[0].configMap.items[1]: ConfigMap templates has no key none: add it",
                "{templateFrom: [{configMap: {name: templates, items: [{key: bad}]}}]}"
                        + " | templateFrom[0].configMap.items[0]: template bad, line 2, column 3, at <.missing>:",
                "{templateFrom: [{secret: {name: templates, items: [{key: bad}]}}]}"
                        + " | templateFrom[0].secret.items[0]: the text of key bad does not fit the values at"
                        + " line 1, column 6, which is not shown because a Secret holds it",
                "{templateFrom: [{secret: {name: templates, items: [{key: none-at-all}]}}]}"
                        + " | templateFrom[0].secret.items[0]: the text of key none-at-all is no template at line",
            })
    void failure_namesTemplateLineAndColumnButNeverAValue(String template, String message) {
        var sources =
                Map.of(
                        CONFIG_MAP, Map.of("good", "a", "bad", "a\n{{ .missing }}"),
                        SECRET,
                                Map.of(
                                        "bad", "{{ eq .hunter3 \"hunter4\" }}",
                                        "none-at-all", "{{ hunter3 }}"));

        assertThatThrownBy(() -> render(template, sources))
                .isInstanceOfSatisfying(
                        RenderException.class,
                        e -> {
                            assertThat(e.failure().reason()).isEqualTo("TemplateFailed");
                            assertThat(e.failure().message())
                                    .startsWith("spec.target.template." + message)
                                    .doesNotContain("hunter");
                        })
                .hasNoCause();
    }

    @Test
    void templatesThatRunOutOfTimeTogether_areStopped() {
        var none =
                templating(
                        new Limits(
                                Limits.DEFAULT.steps(),
                                Limits.DEFAULT.bytes(),
                                Limits.DEFAULT.depth(),
                                Duration.ofNanos(-1)));

        assertThatThrownBy(() -> template("{data: {k: x}}", Map.of()).render(fetched(), none))
                .hasMessageContaining(
                        "spec.target.template.data[k]: all templates together take longer than");
    }

    @Test
    void templatesThatMakeTooMuchTogether_areStopped() {
        var large = "x".repeat(1 << 20);
        var texts = new StringBuilder("{data: {");
        for (int i = 0; i < 9; i++) {
            texts.append("k%d: '{{ .user }}',".formatted(i));
        }
        var template = template(texts + "}}", Map.of());

        assertThatThrownBy(
                        () ->
                                template.render(
                                        Map.of("user", SecretBytes.ofUtf8(large)), templating()))
                .hasMessageContaining("all templates together make more than 8,388,608 bytes");
    }

    @Test
    void problemOfATextThatTheSpecHolds_isFoundWithoutValues() {
        assertThat(problem("{target: {template: {data: {k: '{{ .user }}'}}}}")).isEmpty();
        for (var bad :
                new String[] {
                    "{target: {template: {data: {k: '{{'}}}}",
                    "{target: {template: {templateFrom: [{literal: '{{ nothing }}'}]}}}",
                    "{target: {template: {metadata: {labels: {a: '{{ if }}'}}}}}",
                    "{target: {template: {metadata: {annotations: {a: '{{ end }}'}}}}}",
                    "{dataFrom: [{rewrite: [{transform: {template: '{{ x }}'}}]}]}",
                }) {
            assertThat(problem(bad)).as(bad).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{data: [{secretKey: k}]} | false",
                "{target: {template: {data: {k: '{{ .user }}'}}}} | false",
                "{target: {template: {data: {k: '{{ anything }}'}}}} | true",
                "{target: {template: {templateFrom: [{literal: 'a: {{ anything }}'}]}}} | true",
                "{target: {template: {metadata: {labels: {a: '{{ anything }}'}}}}} | true",
                "{target: {template: {templateFrom: [{configMap: {name: templates, items: [{key: k}]}}]}}} | true",
                "{dataFrom: [{rewrite: [{transform: {template: '{{ anything }}'}}]}]} | true",
            })
    void whatDependsOnChance_isTold(String yaml, boolean varies) throws Exception {
        var sources = sources(Map.of(CONFIG_MAP, Map.of("k", "{{ anything }}")));

        assertThat(SpecTemplates.varyByRun(spec(yaml), sources, Rendering.TEMPLATES))
                .isEqualTo(varies);
    }

    private static Optional<RenderFailure> problem(String yaml) {
        return SpecTemplates.problem(spec(yaml), Rendering.TEMPLATES);
    }

    private static Map<String, String> data(String template) throws RenderException {
        return texts(render(template, Map.of()).data());
    }

    private static Rendered render(String template, Map<String, Map<String, String>> sources)
            throws RenderException {
        return template(template, sources).render(fetched(), templating());
    }

    private static TargetTemplate template(
            String template, Map<String, Map<String, String>> sources) {
        return new TargetTemplate(
                spec("{target: {template: " + template + "}}").target().template(),
                sources(sources));
    }

    private static Map<TemplateSource, Optional<SortedMap<String, SecretBytes>>> sources(
            Map<String, Map<String, String>> texts) {
        var sources = new HashMap<TemplateSource, Optional<SortedMap<String, SecretBytes>>>();
        texts.forEach(
                (name, content) -> {
                    var words = name.split(" ");
                    var kind = TemplateSource.Kind.valueOf(words[0]);
                    sources.put(new TemplateSource(kind, words[1]), Optional.of(bytes(content)));
                });
        return sources;
    }

    private static Map<String, SecretBytes> fetched() {
        return bytes(FETCHED);
    }

    private static SortedMap<String, SecretBytes> bytes(Map<String, String> texts) {
        var bytes = new TreeMap<String, SecretBytes>();
        texts.forEach(
                (key, text) ->
                        bytes.put(key, SecretBytes.of(text.getBytes(StandardCharsets.UTF_8))));
        return bytes;
    }
}
