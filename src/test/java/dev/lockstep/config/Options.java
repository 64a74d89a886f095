package dev.lockstep.config;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operator's options, as {@link LockstepConfig} has them. */
public final class Options {

    /**
     * One of them.
     *
     * @param defaultValue empty if there is none
     */
    public record Option(String name, String environment, String defaultValue) {}

    private Options() {}

    public static List<Option> all() {
        return options("lockstep", LockstepConfig.class);
    }

    private static List<Option> options(String prefix, Class<?> group) {
        var options = new ArrayList<Option>();
        for (var method : group.getDeclaredMethods()) {
            var name = prefix + "." + kebab(method.getName());
            if (method.getReturnType().isInterface()) {
                options.addAll(options(name, method.getReturnType()));
            } else {
                options.add(new Option(name, environment(name), defaultValue(method)));
            }
        }
        return options;
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String environment(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String defaultValue(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(WithDefault::value)
                .orElse("");
    }
}
