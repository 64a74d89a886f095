package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoRegexpTest {

    /** Go's own answers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a-b-c - _ a_b_c",
                "prod/db/user ^prod/db/ `` user",
                "prod/db (\\w+)/(\\w+) $2.$1 db.prod",
                "prod/db (\\w+)/(\\w+) $2_$1 prod",
                "prod/db (\\w+)/(\\w+) ${2}_$1 db_prod",
                "prod/db (?P<env>\\w+)/(?P<name>\\w+) ${name}-$env db-prod",
                "prod/db (?P<env>\\w+)/(?P<name>\\w+) $namex-$env -prod",
                "abba (x)|b* <$1> <>a<>a<>",
                "abba b* - -a-a-",
                "`` ^$ x x",
                "`` a* x x",
                "äöü `` . .ä.ö.ü.",
                "a😀b `` . .a.😀.b.",
                "ab (a)|(b) [$1$2] [a][b]",
                "a a $$1 $1",
                "a a $ $",
                "a a ${ ${",
                "a a ${} ${}",
                "a a ${1 ${1",
                "a a $- $-",
                "a (a) $01 ``",
                "a (a) $10 ``",
                "a a $0$0 aa",
                "a (a) ${1}0 a0",
                "a a x$ x$",
                "FooBar (?i)foo x xBar",
                "a.b . _ ___",
                "user/name [^a-z] _ user_name",
                "aaa ^a b baa",
                "aaa a$ b aab",
                "aXbX X ${é} ab",
                "ab (?P<n>a)?b <$n> <a>",
            })
    void replacement_isAsInGo(String text, String source, String replacement, String result) {
        assertThat(GoRegexp.compile(source).replaceAll(text, replacement)).contains(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "x{1001}", "(?=a)", "[z-a]", "\\", "*", "\\1"})
    void whatGoRefuses_isAProblem(String source) {
        assertThat(GoRegexp.problem(source)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((((((a{9}){9}){9}){9}){9}){9}){9})",
                "(?:a{900}|b){900}",
                "(a{2,999}){500,}",
                "([^]]{999}\\{){999}",
                "((\\Qx\\E{999}){999}",
            })
    void repetitionsOfRepetitions_areRefusedBeforeTheyTakeMemory(String source) {
        assertThat(GoRegexp.problem(source)).get().asString().contains("too large");
    }

    @Test
    void manyLargeRepetitions_areTooLargeTogether() {
        assertThat(GoRegexp.problem("x{999}".repeat(101))).get().asString().contains("too large");
    }

    @Test
    void deepNesting_isRefusedBeforeItTakesTheStack() {
        assertThat(GoRegexp.problem("(".repeat(50_000) + ")".repeat(50_000)))
                .contains("it nests deeper than 1000 levels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{30}){30}",
                "[{]{999}[}]",
                "\\Q{999}{999}{999}\\E",
                "\\{999}\\{999}{3}",
                "a{,999}",
                "\\p{Greek}{5}[[:alpha:]\\]]{5}",
                "\\x{10FFFF}",
            })
    void largestOfOrdinaryExpressions_areTaken(String source) {
        assertThat(GoRegexp.problem(source)).isEmpty();
    }

    @Test
    void replacementThatGrowsWithoutBound_isRefused() {
        var text = "a".repeat(1000);

        assertThat(GoRegexp.compile(".+").replaceAll(text, "$0".repeat(66))).isEmpty();
        assertThat(GoRegexp.compile("").replaceAll(text, "x".repeat(100))).isEmpty();
    }

    @Test
    void problem_namesTheExpression() {
        assertThatThrownBy(() -> GoRegexp.compile("(a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing closing )")
                .hasMessageContaining("(a");
    }
}
