package dev.lockstep.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.gotemplate.TemplateFailure.Cause;
import dev.lockstep.gotemplate.parse.Parser;
import dev.lockstep.gotemplate.value.GoMap;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where Go would go on, and ours ends: no template may hang or fill the operator. */
class LimitsTest {

    static Stream<Arguments> greedy() {
        return Stream.of(
                Arguments.argumentSet(
                        "endless loop",
                        "{{range 9223372036854775807}}{{end}}",
                        "it takes more than 1,000,000 steps"),
                Arguments.argumentSet(
                        "loops in loops",
                        "{{range 5000}}{{range 5000}}{{range 5000}}{{end}}{{end}}{{end}}",
                        "it takes more than 1,000,000 steps"),
                Arguments.argumentSet(
                        "output without end",
                        "{{range 1000}}{{printf \"%100000d\" 1}}{{end}}",
                        "it makes more than 16,777,216 bytes"),
                Arguments.argumentSet(
                        "one enormous width",
                        "{{printf \"%9999999d%9999999d\" 1 2}}",
                        "it makes more than 16,777,216 bytes"),
                Arguments.argumentSet(
                        "a text that doubles",
                        "{{$x := \"aaaaaaaaaaaaaaaa\"}}{{range 60}}{{$x = printf \"%s%s\" $x $x}}{{end}}",
                        "it makes more than 16,777,216 bytes"),
                Arguments.argumentSet(
                        "escapes that grow",
                        "{{$x := `\\`}}{{range 60}}{{$x = js $x}}{{end}}",
                        "it makes more than 16,777,216 bytes"),
                Arguments.argumentSet(
                        "a list that holds itself many times over",
                        "{{$x := list 1}}{{range 100}}{{$x = list $x $x}}{{end}}{{$x}}",
                        "it takes more than 1,000,000 steps"),
                Arguments.argumentSet(
                        "values in values",
                        "{{$x := list 1}}{{range 300}}{{$x = list $x}}{{end}}{{$x}}",
                        "it nests deeper than 250 levels"),
                Arguments.argumentSet(
                        "a template that invokes itself",
                        "{{define \"a\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}",
                        "it nests deeper than 250 levels"));
    }

    @ParameterizedTest
    @MethodSource("greedy")
    void greedyTemplate_endsAndSaysWhatItUsedUp(String template, String detail) {
        var failure = failure(template, Sample.CONTEXT);

        assertThat(failure.cause()).isEqualTo(Cause.LIMIT);
        assertThat(failure.detail()).isEqualTo(detail);
        assertThat(failure.line()).isEqualTo(1);
        assertThat(failure.column()).isPositive();
    }

    @Test
    void time_endsARunByItsStopwatch() {
        var clock = new AtomicLong();
        var context =
                new ExecutionContext(
                        Instant.EPOCH,
                        new SecureRandom(),
                        () -> clock.addAndGet(Duration.ofSeconds(1).toNanos()),
                        Limits.DEFAULT);

        var failure = failure("{{range 100000}}{{end}}", context);

        assertThat(failure.detail()).isEqualTo("it takes longer than 5000 ms");
    }

    @Test
    void deepRecursion_fitsIntoASmallStack() throws InterruptedException {
        var template =
                "{{define \"a\"}}%s{{template \"a\" .}}%s{{end}}{{template \"a\" .}}"
                        .formatted("{{if 1}}".repeat(20), "{{end}}".repeat(20));
        var failures = new TemplateFailure[1];
        var thread =
                new Thread(
                        null,
                        () -> failures[0] = failure(template, Sample.CONTEXT),
                        "small stack",
                        512 << 10);

        thread.start();
        thread.join();

        assertThat(failures[0].detail()).isEqualTo("it nests deeper than 250 levels");
    }

    @Test
    void deepNesting_isRefusedWhenParsed() {
        int depth = Parser.DEEPEST + 1;

        assertThat(failure("{{if 1}}".repeat(depth) + "{{end}}".repeat(depth)).message())
                .isEqualTo(
                        "template tpl, line 1: control structures and parentheses nest deeper than 200 levels");
        assertThat(failure("{{" + "(".repeat(depth) + "1" + ")".repeat(depth) + "}}").cause())
                .isEqualTo(Cause.LIMIT);
    }

    @Test
    void hugeTemplate_isRefusedWhenParsed() {
        var failure = failure("{{1}}".repeat(50_000));

        assertThat(failure.cause()).isEqualTo(Cause.LIMIT);
        assertThat(failure.detail()).isEqualTo("it has more than 100000 tokens");
    }

    @Test
    void aMillionDigits_areReadAtOnce() {
        assertThat(failure("{{" + "9".repeat(1_000_000) + "}}").detail())
                .startsWith("illegal number syntax");
    }

    private static TemplateFailure failure(String template) {
        return failure(template, Sample.CONTEXT);
    }

    private static TemplateFailure failure(String template, ExecutionContext context) {
        return catchThrowableOfType(
                        TemplateException.class,
                        () ->
                                Template.parse("tpl", template, Sample.FUNCTIONS)
                                        .execute(GoMap.ofBytes(Map.of()), context))
                .failure();
    }
}
