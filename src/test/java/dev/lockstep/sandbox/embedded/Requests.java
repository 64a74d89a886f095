package dev.lockstep.sandbox.embedded;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something was asked of the API.
 *
 * @param counts by verb and resource as RBAC names them: {@code "patch externalsecrets/status"}
 */
public record Requests(SortedMap<String, Integer> counts) {

    private static final Set<String> WRITING =
            Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Asked by POST, but nothing is stored; leader election renews its lease by the clock. */
    private static final Set<String> NO_STATE =
            Set.of(
                    "serviceaccounts/token",
                    "selfsubjectaccessreviews",
                    "selfsubjectrulesreviews",
                    "leases");

    public Requests {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int of(String verb, String resource) {
        return counts.getOrDefault(verb + " " + resource, 0);
    }

    /** Requests that write objects; reviews, tokens and the leader's lease do not count. */
    public Requests writes() {
        var writes = new TreeMap<>(counts);
        writes.keySet().removeIf(key -> !isWrite(key));
        return new Requests(writes);
    }

    /** What came since then. */
    public Requests since(Requests earlier) {
        var difference = new TreeMap<String, Integer>();
        counts.forEach(
                (key, count) -> {
                    var more = count - earlier.counts.getOrDefault(key, 0);
                    if (more > 0) {
                        difference.put(key, more);
                    }
                });
        return new Requests(difference);
    }

    Requests plus(String verb, String resource) {
        var more = new TreeMap<>(counts);
        more.merge(verb + " " + resource, 1, Integer::sum);
        return new Requests(more);
    }

    static Requests none() {
        return new Requests(new TreeMap<>(Map.of()));
    }

    private static boolean isWrite(String key) {
        var space = key.indexOf(' ');
        return WRITING.contains(key.substring(0, space))
                && !NO_STATE.contains(key.substring(space + 1));
    }
}
