package dev.lockstep.sync;

import dev.lockstep.api.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions are merged, never rebuilt: what stays true keeps the time since when it is. */
public final class Conditions {
    /** Far below the API's own bound (32,768), over which it would refuse the whole status. */
    private static final int LONGEST_MESSAGE = 1024;

    private Conditions() {}

    /**
     * The wanted conditions, ordered by type. One whose status stays keeps its transition time.
     *
     * @param before from the status so far, which anybody may have written
     * @param wanted their transition times are not looked at
     */
    public static List<Condition> merge(
            List<Condition> before, List<Condition> wanted, Instant now) {
        var known = new HashMap<String, Condition>();
        before.forEach(condition -> known.put(condition.type(), condition));
        return wanted.stream()
                .sorted(Comparator.comparing(Condition::type))
                .map(condition -> since(condition, known.get(condition.type()), now))
                .toList();
    }

    /** A condition whose transition time is still to be found. */
    public static Condition of(String type, boolean holds, String reason, String message) {
        return new Condition(type, holds ? "True" : "False", reason, shortened(message), null);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    private static Condition since(Condition wanted, @Nullable Condition before, Instant now) {
        var stays =
                before != null
                        && before.status().equals(wanted.status())
                        && before.lastTransitionTime() != null;
        return new Condition(
                wanted.type(),
                wanted.status(),
                wanted.reason(),
                wanted.message(),
                stays
                        ? before.lastTransitionTime()
                        : now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
