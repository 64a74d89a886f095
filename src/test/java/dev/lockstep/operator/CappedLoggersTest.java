package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loggers of libraries that print values, signatures or tokens stay above the level at which they
 * do. Quarkus looks at a category's minimum only where the category, or one below it, has a level;
 * without one it inherits the root's, whatever the minimum says. So each needs both.
 */
class CappedLoggersTest {
    private static final List<String> ORDER = List.of("TRACE", "DEBUG", "INFO", "WARN");

    @ParameterizedTest
    @CsvSource({
        "org.apache.hc.client5.http.wire, INFO",
        "org.apache.hc.client5.http.headers, INFO",
        "software.amazon.awssdk.request, INFO",
        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner, INFO",
        "software.amazon.awssdk.utils.uri.SdkUri, INFO",
        "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor, DEBUG",
    })
    void aTellingLogger_isCapped(String logger, String lowest) {
        var category = category(logger);
        assertThat(level(category, "min-level")).isGreaterThanOrEqualTo(ORDER.indexOf(lowest));
        assertThat(level(category, "level")).isGreaterThanOrEqualTo(ORDER.indexOf(lowest));
    }

    @Test
    void nothing_isLoggedAtTrace() {
        assertThat(CapturedLog.settings()).containsEntry("quarkus.log.min-level", "DEBUG");
    }

    /** The nearest category above the logger that has a minimum. */
    private static String category(String logger) {
        return CapturedLog.minimumLevels().keySet().stream()
                .filter(category -> (logger + ".").startsWith(category + "."))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private static int level(String category, String setting) {
        var name = "quarkus.log.category.\"%s\".%s".formatted(category, setting);
        return ORDER.indexOf(CapturedLog.settings().getProperty(name, "TRACE"));
    }
}
