package dev.lockstep.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.GoRegexp;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @ParameterizedTest(name = "path ''{0}'' and pattern ''{1}'' want {2}: {3}")
    @CsvSource({
        "'',     db,          app/db,      true",
        "'',     db,          app/dbs,     true",
        "'',     ^db,         app/db,      false",
        "'',     '^app/.*$',  app/db,      true",
        "app/,   '',          app/db,      true",
        "app/,   '',          my-app/db,   false",
        "app,    '',          application, true",
        "app/,   db$,         app/db,      true",
        "app/,   db$,         app/db-old,  false",
        "'',     '(?i)DB',    app/db,      true",
    })
    void aName_beginsWithThePath_andHoldsThePattern(
            String path, String pattern, String name, boolean wanted) {
        var compiled = Optional.of(pattern).filter(p -> !p.isEmpty()).map(GoRegexp::compile);

        assertThat(new Selector(path, compiled, Map.of()).matches(secret(name, Map.of())))
                .isEqualTo(wanted);
    }

    @Test
    void tags_matchWholeAndAllOfThem() {
        var selector = new Selector("", Optional.empty(), Map.of("team", "blue", "stage", "prod"));

        assertThat(matches(selector, Map.of("team", "blue", "stage", "prod", "x", ""))).isTrue();
        assertThat(matches(selector, Map.of("team", "blue"))).isFalse();
        assertThat(matches(selector, Map.of("team", "blues", "stage", "prod"))).isFalse();
        assertThat(matches(selector, Map.of("team", "prod", "stage", "blue"))).isFalse();
        assertThat(matches(selector, Map.of("teams", "blue", "stage", "prod"))).isFalse();
    }

    @Test
    void tagsThatNobodyAskedFor_areNoTags() {
        var selector = new Selector("", Optional.empty(), Map.of("team", "blue"));
        var untold = secret("db", Map.of()).withTags(null);

        assertThatThrownBy(() -> selector.matches(untold))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalSelectors_areOne() {
        assertThat(new Selector("app/", Optional.of(GoRegexp.compile("db$")), Map.of("a", "b")))
                .isEqualTo(
                        new Selector(
                                "app/", Optional.of(GoRegexp.compile("db$")), Map.of("a", "b")));
    }

    @Test
    void aMessage_saysWhatIsWanted() {
        var pattern = Optional.of(GoRegexp.compile("db$"));

        assertThat(new Selector("", pattern, Map.of())).hasToString("whose name matches db$");
        assertThat(new Selector("app/", pattern, Map.of("b", "2", "a", "1")))
                .hasToString(
                        "whose name begins with app/ and matches db$ and that have tags {a=1, b=2}");
        assertThat(new Selector("", Optional.empty(), Map.of("a", "1")))
                .hasToString("with tags {a=1}");
    }

    private static boolean matches(Selector selector, Map<String, String> tags) {
        return selector.matches(secret("db", tags));
    }

    private static RemoteSecret secret(String name, Map<String, String> tags) {
        return new RemoteSecret("arn", name, Map.of(), null, null, null, null, false, null)
                .withTags(Tags.of(tags));
    }
}
