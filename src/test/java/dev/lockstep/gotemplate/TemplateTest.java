package dev.lockstep.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.gotemplate.TemplateFailure.Cause;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoComplex;
import dev.lockstep.gotemplate.value.GoField;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoMethod;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final String CANARY = "canary-5f1e";

    private static final GoType POINT =
            GoType.object(
                    "test.Point",
                    Kind.STRUCT,
                    () ->
                            List.of(
                                    GoMethod.getter(
                                            "Sum",
                                            (point, in) -> {
                                                var at = (int[]) ((GoObject) point).payload();
                                                return GoInt.of(at[0] + at[1]);
                                            }),
                                    GoMethod.of(
                                            "Plus",
                                            Signature.of(GoType.INT),
                                            (point, in) -> GoInt.of(in.integer(0) + 1)),
                                    GoMethod.getter(
                                            "Fail",
                                            (point, in) -> {
                                                throw new FunctionException("no such point");
                                            })),
                    () -> List.of(new GoField("X", at -> GoInt.of(((int[]) at)[0]))));

    private static final Functions WITH_POINT =
            Functions.builtins()
                    .with(
                            List.of(
                                    TemplateFunction.named("point")
                                            .does(
                                                    (in, run) ->
                                                            new GoObject(POINT, new int[] {3, 4})),
                                    TemplateFunction.named("dice")
                                            .varyingByRun()
                                            .does((in, run) -> GoInt.of(run.random().nextInt(6)))));

    @Test
    void bytes_thatAreNoText_surviveARendering() throws TemplateException {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, '\n', (byte) 0x80};
        var root = GoMap.ofBytes(Map.of("key", bytes));

        var text = Template.parse("tpl", "{{ .key }}", WITH_POINT).execute(root, Sample.CONTEXT);

        assertThat(text.bytes()).isEqualTo(bytes);
    }

    @Test
    void failure_namesTemplateLineColumnAndNode() {
        var failure = failure("first line\n  {{ .user }}{{ .missing | len }}");

        assertThat(failure.cause()).isEqualTo(Cause.EXECUTION);
        assertThat(failure.template()).isEqualTo("tpl");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(16);
        assertThat(failure.message())
                .isEqualTo(
                        "template tpl, line 2, column 16, at <.missing>: map has no entry for key \"missing\"");
    }

    @Test
    void failureWithin_namesTheTemplateThatIsDefinedThere() {
        assertThat(failure("{{define \"part\"}}{{.x}}{{end}}{{template \"part\" .}}").template())
                .isEqualTo("part");
    }

    @Test
    void syntaxError_namesTheLine() {
        var failure = failure("one\n\n{{ if }}");

        assertThat(failure.cause()).isEqualTo(Cause.SYNTAX);
        assertThat(failure.message()).isEqualTo("template tpl, line 3: missing value for if");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ len \"%s\" 1 }}", "{{ nope%s }}", "{{ \"%s\" x }}", "{{ 1%s }}"})
    void longText_isCutInTheMessage(String template) {
        assertThat(failure(template.formatted("9".repeat(5000))).message()).hasSizeLessThan(500);
    }

    /** Go quotes the value in each of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range .user }}{{ end }}",
                "{{ ne (list .user) (list .user) }}",
                "{{ eq . (list .user) }}",
                "{{ call .user }}",
                "{{ .user | call }}",
                "{{ index .user 99 }}",
                "{{ len .user | index .user }}",
                "{{ slice .user 5 2 }}",
                "{{ .user | lt 1 }}",
                "{{ printf .user | len | len }}",
                "{{ .user.x }}",
                "{{ template .user }}",
            })
    void noValue_standsInAMessage(String template) {
        var exception = exception(template);

        assertThat(exception.getMessage()).doesNotContain(CANARY);
        assertThat(exception.failure().toString()).doesNotContain(CANARY);
    }

    static Stream<GoValue> values() {
        var canary = GoString.of(CANARY);
        var map = GoMap.dict();
        map.put(canary, canary);
        return Stream.of(
                canary,
                GoInt.of(4711),
                GoFloat.of(4711),
                new GoComplex(4711, 4711),
                GoSlice.list(List.of(canary)),
                map,
                new GoObject(POINT, CANARY),
                GoBool.TRUE);
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_doesNotPrintItself(GoValue value) {
        assertThat(value.toString())
                .doesNotContain(CANARY)
                .doesNotContain("4711")
                .doesNotContain("true");
    }

    @Test
    void methodsAndFields_areThoseOfTheType() throws TemplateException {
        assertThat(text("{{ point.Sum }} {{ point.Plus 5 }} {{ point.X }} {{ 6 | point.Plus }}"))
                .isEqualTo("7 6 3 7");
        assertThat(text("{{ point }} {{ printf \"%+v\" point }}")).isEqualTo("{3} {X:3}");
    }

    @Test
    void methods_failAsGos() {
        assertThat(failure("{{ point.Plus }}").detail())
                .isEqualTo("wrong number of args for Plus: want 1 got 0");
        assertThat(failure("{{ point.Plus \"a\" }}").detail())
                .isEqualTo("expected integer; found \"a\"");
        assertThat(failure("{{ point.Fail }}").detail())
                .isEqualTo("error calling Fail: no such point");
        assertThat(failure("{{ point.X 1 }}").detail())
                .isEqualTo("X has arguments but cannot be invoked as function");
        assertThat(failure("{{ point.Y }}").detail())
                .isEqualTo("can't evaluate field Y in type test.Point");
    }

    @Test
    void template_tellsWhetherItVariesByRun() throws TemplateException {
        assertThat(Template.parse("tpl", "{{ print 1 }}", WITH_POINT).variesByRun()).isFalse();
        assertThat(
                        Template.parse(
                                        "tpl",
                                        "{{define \"a\"}}{{if 1}}{{ print (dice | print) }}{{end}}{{end}}",
                                        WITH_POINT)
                                .variesByRun())
                .isTrue();
    }

    @Test
    void parsedTemplate_isKept() throws TemplateException {
        var templates = new Templates(WITH_POINT);

        var first = templates.parse("tpl", "{{ .user }}");

        assertThat(templates.parse("tpl", "{{ .user }}")).isSameAs(first);
        assertThat(templates.parse("other", "{{ .user }}").name()).isEqualTo("other");
        assertThat(templates.parse("tpl", "{{ .pass }}")).isNotSameAs(first);
    }

    /** Go's tables are of Unicode 15; a JVM's are older or newer. */
    @Test
    void charactersOfAllTimes_printAlike() throws TemplateException {
        assertThat(text("{{ printf \"%q\" \"\\u00e9\\u2713\\u200b\\ue000\" }}"))
                .isEqualTo("\"é✓\\u200b\\ue000\"");
    }

    /** Go prints an address, which is another one at each run. */
    @Test
    void address_isNotPrinted() throws TemplateException {
        assertThat(text("{{ printf \"%p\" . }}")).isEqualTo("%!p(map[string]string=...)");
    }

    private static String text(String template) throws TemplateException {
        return Template.parse("tpl", template, WITH_POINT).execute(root(), Sample.CONTEXT).text();
    }

    private static GoMap root() {
        return GoMap.ofBytes(Map.of("user", CANARY.getBytes(StandardCharsets.UTF_8)));
    }

    private static TemplateFailure failure(String template) {
        return exception(template).failure();
    }

    private static TemplateException exception(String template) {
        return catchThrowableOfType(
                TemplateException.class,
                () ->
                        Template.parse(
                                        "tpl",
                                        template,
                                        WITH_POINT.with(List.of(Sample.FUNCTIONS.find("list"))))
                                .execute(root(), Sample.CONTEXT));
    }
}
