package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.ExecutionContext;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.gotemplate.Template;
import dev.lockstep.gotemplate.TemplateException;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A template with values, for tests of what its functions do. */
record Rendering(String template, Map<String, byte[]> values) {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static Rendering of(String template) {
        return new Rendering(template, Map.of());
    }

    Rendering with(String key, String value) {
        return with(key, value.getBytes(StandardCharsets.UTF_8));
    }

    Rendering with(String key, byte[] value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Rendering(template, more);
    }

    String text() {
        return result().text();
    }

    byte[] bytes() {
        return result().bytes();
    }

    boolean variesByRun() {
        return parsed().variesByRun();
    }

    /** Why it failed; empty if it did not. */
    String failure() {
        try {
            parsed().execute(GoMap.ofBytes(values), context());
            return "";
        } catch (TemplateException e) {
            return e.failure().message();
        }
    }

    private GoString result() {
        try {
            return parsed().execute(GoMap.ofBytes(values), context());
        } catch (TemplateException e) {
            throw new AssertionError(e.failure().message(), e);
        }
    }

    private Template parsed() {
        try {
            return Template.parse("test", template, FunctionLibrary.all());
        } catch (TemplateException e) {
            throw new AssertionError(e.failure().message(), e);
        }
    }

    private static ExecutionContext context() {
        return new ExecutionContext(NOW, new SecureRandom(), () -> 0, Limits.DEFAULT);
    }
}
