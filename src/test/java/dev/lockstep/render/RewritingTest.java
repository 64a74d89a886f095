package dev.lockstep.render;

import static dev.lockstep.render.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {

    @Test
    void steps_takeWhatTheOneBeforeThemMade() throws Exception {
        var steps =
                "{regexp: {source: '^prod/', target: ''}}, {regexp: {source: '/', target: _}},"
                        + " {regexp: {source: '(.+)_(.+)', target: '${2}.$1'}}";

        assertThat(rewritten(steps, "{'prod/db/user':1,'prod/db':2}"))
                .isEqualTo(Map.of("user.db", "1", "db", "2"));
    }

    @Test
    void keysThatAreRewritten_areNotConverted() {
        assertThatThrownBy(() -> rewritten("{regexp: {source: x, target: y}}", "{'a b':'hunter2'}"))
                .hasMessageStartingWith(
                        "InvalidKey: spec.dataFrom[0]: secret a cannot be key a b of a Secret"
                                + " (allowed are");
    }

    @Test
    void keyWithoutAName_isRewrittenFirstAndDroppedAfter() throws Exception {
        assertThat(
                        rewritten(
                                "{regexp: {source: '^$', target: empty}},"
                                        + " {regexp: {source: '^drop$', target: ''}}",
                                "{'':1,'drop':2}"))
                .isEqualTo(Map.of("empty", "1"));
    }

    @Test
    void valuesAreDecoded_afterTheirKeysAreRewritten() throws Exception {
        var spec =
                "{dataFrom: [{extract: {key: a, decodingStrategy: Base64},"
                        + " rewrite: [{regexp: {source: k, target: l}}]}]}";

        assertThat(render(spec, Map.of("a", "{\"k\":\"aGk=\"}"))).isEqualTo(Map.of("l", "hi"));
    }

    @Test
    void keysThatBecomeOne_areAllowedWhereTheirValuesAreEqual() throws Exception {
        assertThat(rewritten("{regexp: {source: '.+', target: k}}", "{'a':'same','b':'same'}"))
                .isEqualTo(Map.of("k", "same"));
    }

    @Test
    void transform_makesAKeyOfEachKey() throws Exception {
        assertThat(
                        rewritten(
                                "{transform: {template: 'db_{{ .value }}'}},"
                                        + " {transform: {template: '{{ if eq .value \"db_a\" }}first{{ end }}'}}",
                                "{'a':1,'b':2}"))
                .isEqualTo(Map.of("first", "1"));
    }

    /** Texts as External Secrets Operator makes them, but for long integers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'text' | text",
                "1.50 | 1.5",
                "1e3 | 1000",
                "1e21 | 1000000000000000000000",
                "12345678901234567890 | 12345678901234567890",
                "true | true",
                "null | ``",
                "{ 'b' : [1, 1.50], 'a' : '<&>' } | {\"a\":\"\\u003c\\u0026\\u003e\",\"b\":[1,1.5]}",
                "[1e21, 1e20, 1e-7, 0.000001, 12345678901234567890, 1.5e-9] |"
                        + " [1e+21,100000000000000000000,1e-7,0.000001,12345678901234567890,1.5e-9]",
                "['\\b\\f\\n\\r\\t\\u0001\\u2028\\u00e9\\'\\/'] |"
                        + " [\"\\b\\f\\n\\r\\t\\u0001\\u2028é\\\"/\"]",
                "{'k':1,'k':null} | {\"k\":null}",
            })
    void mergedProperty_isTakenInItsTextForm(String json, String text) throws Exception {
        assertThat(rewritten("{merge: {}}", "{'a':{'p':" + json + "}}"))
                .isEqualTo(Map.of("p", text));
    }

    @Test
    void merge_letsTheLaterKeyWinInTheOrderOfNamesAndThenOfPriority() throws Exception {
        var json = "{'b':{'p':'b','q':'b'},'a':{'p':'a','q':'a','r':'a'},'c':{'p':'c'}}";

        assertThat(rewritten("{merge: {conflictPolicy: Ignore}}", json))
                .isEqualTo(Map.of("p", "c", "q", "b", "r", "a"));
        assertThat(rewritten("{merge: {conflictPolicy: Ignore, priority: [c, a]}}", json))
                .isEqualTo(Map.of("p", "a", "q", "a", "r", "a"));
    }

    @Test
    void priorityThatIsNotThere_isPassedOverWhereThePolicySaysSo() throws Exception {
        assertThat(
                        rewritten(
                                "{merge: {priority: [x], priorityPolicy: IgnoreNotFound}}",
                                "{'a':{'p':1}}"))
                .isEqualTo(Map.of("p", "1"));
    }

    @Test
    void mergeIntoJson_keepsTheOriginalsBesideTheDocument() throws Exception {
        assertThat(
                        rewritten(
                                "{merge: {strategy: JSON, into: all}}",
                                "{'b':{'z':1.50,'n':null},'a':{'i':12345678901234567890,'h':'<'}}"))
                .isEqualTo(
                        Map.of(
                                "a", "{\"i\":12345678901234567890,\"h\":\"<\"}",
                                "b", "{\"z\":1.50,\"n\":null}",
                                "all",
                                        "{\"h\":\"<\",\"i\":12345678901234567890,\"n\":null,\"z\":1.5}"));
    }

    @Test
    void nullAmongTheMerged_addsNothing() throws Exception {
        assertThat(rewritten("{merge: {}}", "{'a':'null','b':{'p':1}}"))
                .isEqualTo(Map.of("p", "1"));
    }

    @Test
    void keysOfAMerge_areRewrittenByTheNextStep() throws Exception {
        assertThat(
                        rewritten(
                                "{merge: {}}, {regexp: {source: '^', target: db_}}",
                                "{'a':{'user':'x'}}"))
                .isEqualTo(Map.of("db_user", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{regexp: {source: '(', target: x}} | {'a':'hunter2'} | InvalidSpec |"
                        + " rewrite[0]: secret a: regexp.source is no regular expression of RE2's"
                        + " syntax (missing closing ): ()",
                "{regexp: {source: a, target: a}}, {regexp: {source: '[ab]', target: x}} |"
                        + " {'a':'hunter2','b':'hunter3'} | InvalidKey | rewrite[1]: secret a cannot be"
                        + " key x of a Secret (two keys, one of them b, become this one)",
                "{regexp: {source: 'a', target: '"
                        + "xxxxxxxxxx${0}xxxxxxxxxx"
                        + "'}} | {'LONG':'hunter2'} | InvalidSpec | rewrite[0]: secret a: regexp makes"
                        + " more than 65536 characters of key aaa",
                "{merge: {}} | {'k':'hunter2'} | NotJson | rewrite[0]: secret a: the value of key k is"
                        + " not a JSON object to merge (line 1, column 1): store it as one, or leave"
                        + " out merge",
                "{merge: {}} | {'k':['hunter2']} | NotJson | rewrite[0]: secret a: the value of key k"
                        + " is not a JSON object to merge (it is no object)",
                "{merge: {}} | {'k':{'p':'hunter2'},'l':{'p':'hunter2'}} | InvalidKey | rewrite[0]:"
                        + " secret a cannot be key p of a Secret (several of the merged values have this"
                        + " property, one of them l: set conflictPolicy to Ignore",
                "{merge: {priority: [x]}} | {'k':{'p':'hunter2'}} | InvalidSpec | rewrite[0]: secret"
                        + " a: merge.priority names x, which is not among the keys",
                "{transform: {template: 'k{{ .other }}'}} | {'a':'hunter2'} | TemplateFailed |"
                        + " rewrite[0].transform.template: template transform, line 1, column 4,",
                "{transform: {template: '{{ .value'}} | {'a':'hunter2'} | TemplateFailed |"
                        + " rewrite[0].transform.template: template transform, line 1",
                "{transform: {template: same}} | {'a':'hunter2','b':'hunter3'} | InvalidKey |"
                        + " rewrite[0]: secret a cannot be key same of a Secret (two keys, one of them"
                        + " b, become this one)",
                "{merge: {strategy: JSON}} | {'k':{'p':'hunter2'}} | InvalidSpec | rewrite[0]: secret"
                        + " a: merge.into names the key for strategy JSON",
            })
    void failure_namesTheStepAndTheCureButNeverAValue(
            String steps, String json, String reason, String message) {
        assertThatThrownBy(() -> rewritten(steps, json.replace("LONG", "a".repeat(5_000))))
                .isInstanceOfSatisfying(
                        RenderException.class,
                        e -> {
                            assertThat(e.failure().reason()).isEqualTo(reason);
                            assertThat(e.failure().message())
                                    .startsWith("spec.dataFrom[0]." + message)
                                    .doesNotContain("hunter");
                        })
                .hasNoCause();
    }

    private static Map<String, String> rewritten(String steps, String json) throws RenderException {
        return render(
                "{dataFrom: [{extract: {key: a}, rewrite: [" + steps + "]}]}",
                Map.of("a", json.replace('\'', '"')));
    }
}
