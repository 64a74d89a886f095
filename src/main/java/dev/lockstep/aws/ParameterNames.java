package dev.lockstep.aws;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Which parameter a key names, as far as its text tells. */
final class ParameterNames {
    private static final String IN_ARN = ":parameter/";

    private ParameterNames() {}

    /**
     * The names that a key may mean. An ARN has no room for the slash at the beginning, so one
     * without further slashes is that of either of two names.
     */
    static List<String> of(RemoteKey key) {
        var at = key.isArn() ? key.id().indexOf(IN_ARN) : -1;
        if (at < 0) {
            return List.of(key.id());
        }
        var name = key.id().substring(at + IN_ARN.length());
        return name.contains("/") ? List.of("/" + name) : List.of(name, "/" + name);
    }

    /** Each parameter once, and only those of the region: AWS refuses the others all together. */
    static List<RemoteKey> distinct(Collection<RemoteKey> keys, String region) {
        var names = new HashSet<String>();
        var distinct = new ArrayList<RemoteKey>();
        for (var key : keys) {
            if (isIn(region, key) && Collections.disjoint(names, of(key))) {
                names.addAll(of(key));
                distinct.add(key);
            }
        }
        return distinct;
    }

    private static boolean isIn(String region, RemoteKey key) {
        try {
            KeyNames.checkRegion(key, region);
            return true;
        } catch (SourceException e) {
            return false;
        }
    }

    /** The keys but for the one that a denial names. */
    static List<RemoteKey> without(List<RemoteKey> keys, SourceFailure failure) {
        return failure instanceof SourceFailure.AccessDenied denied
                ? keys.stream().filter(key -> !isResource(key, denied.resource())).toList()
                : keys;
    }

    private static boolean isResource(RemoteKey key, String resource) {
        var names = of(new RemoteKey(resource));
        return of(key).stream().anyMatch(names::contains);
    }
}
