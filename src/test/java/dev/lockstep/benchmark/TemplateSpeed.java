package dev.lockstep.benchmark;

import dev.lockstep.gotemplate.ExecutionContext;
import dev.lockstep.gotemplate.Functions;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.gotemplate.Template;
import dev.lockstep.gotemplate.TemplateException;
import dev.lockstep.gotemplate.value.GoMap;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How long a template of 2 KiB takes to be parsed and, parsed, to be rendered, by a JVM that has
 * warmed up.
 */
final class TemplateSpeed {
    private static final int BYTES = 2048;
    private static final int WARM_UP = 20_000;
    private static final int RUNS = 5_000;
    private static final Functions FUNCTIONS = Functions.builtins();

    /** Such as a program's configuration is made of. */
    private static final String SECTION =
            """
            # {{ .name }}
            {{- $url := printf "postgres://%s:%s@%s:5432/%s" .user (urlquery .password) .host .name }}
            url = {{ printf "%q" $url }}
            {{- if and .user (ne .user "root") }}
            user = {{ .user }}
            {{- else }}
            user = nobody
            {{- end }}
            {{- range $i := 3 }}
            replica.{{ $i }} = {{ $.host }}-{{ $i }}
            {{- end }}
            """;

    private final Map<String, byte[]> values =
            Map.of(
                    "name", utf8("orders"),
                    "user", utf8("app"),
                    "password", utf8("p@ss w0rd/é"),
                    "host", utf8("db.example.com"));
    private final String text = text();

    /** As many sections as fit, and a comment up to the size. */
    private static String text() {
        var sections = SECTION.repeat(BYTES / SECTION.length());
        return sections + "#".repeat(BYTES - sections.length());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    double microsecondsToParse() throws TemplateException {
        return median(() -> Template.parse("template", text, FUNCTIONS));
    }

    double microsecondsToRender() throws TemplateException {
        var template = Template.parse("template", text, FUNCTIONS);
        var context =
                new ExecutionContext(
                        Instant.EPOCH, new SecureRandom(), System::nanoTime, Limits.DEFAULT);
        return median(() -> template.execute(GoMap.ofBytes(values), context));
    }

    private static double median(Callable<?> work) throws TemplateException {
        try {
            for (int i = 0; i < WARM_UP; i++) {
                work.call();
            }
            var nanoseconds = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                work.call();
                nanoseconds[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanoseconds);
            return Math.round(nanoseconds[RUNS / 2] / 100.0) / 10.0;
        } catch (TemplateException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
