package dev.lockstep.aws;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** Filters of DescribeParameters, and what they leave to be judged here. */
final class ParameterFilters {
    private static final String ROOT = "/";

    private ParameterFilters() {}

    /** The parameter of that name, or whose ARN this is. */
    static ParameterStringFilter named(RemoteKey key) {
        return filter("Name", "Equals", ParameterNames.of(key));
    }

    static List<ParameterStringFilter> of(Selector selector) {
        var filters = new ArrayList<ParameterStringFilter>();
        if (isBelowRoot(selector)) {
            filters.add(filter("Path", "Recursive", List.of(withoutEnd(selector.path()))));
        }
        new TreeMap<>(selector.tags())
                .forEach(
                        (key, value) ->
                                filters.add(filter("tag:" + key, "Equals", List.of(value))));
        return filters;
    }

    /**
     * Whether the parameter is below the selector's path, in the sense of hierarchies: /app is not
     * the path of /apple. Without a slash at its beginning it is but how names begin.
     */
    static boolean matchesName(Selector selector, RemoteSecret parameter) {
        var path = isBelowRoot(selector) ? withoutEnd(selector.path()) + "/" : selector.path();
        return parameter.name().startsWith(path) && selector.matchesName(parameter.name());
    }

    private static boolean isBelowRoot(Selector selector) {
        return selector.path().startsWith(ROOT) && !selector.path().equals(ROOT);
    }

    private static String withoutEnd(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static ParameterStringFilter filter(String key, String option, List<String> values) {
        return ParameterStringFilter.builder().key(key).option(option).values(values).build();
    }
}
