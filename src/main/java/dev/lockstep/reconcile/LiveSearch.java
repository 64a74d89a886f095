package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks for what a plan wants found and nobody watches, right before it is read. */
final class LiveSearch {

    /**
     * The plan with all that is found.
     *
     * @throws SyncException when a list failed, or it cannot be told whether a secret that status
     *     lists still matches
     */
    SyncPlan find(ExternalSecret externalSecret, SyncPlan plan, Map<StoreName, OpenStore> stores)
            throws SyncException {
        var names = new HashMap<FindRef, Set<String>>();
        for (var finding : plan.findings()) {
            if (!plan.found().containsKey(finding.ref())) {
                var source = stores.get(finding.ref().store()).source();
                var carried = carried(externalSecret, plan, finding);
                try {
                    names.put(finding.ref(), find(source, finding.selector(), carried));
                } catch (SourceException e) {
                    throw new SyncException(SyncFailure.of(e));
                }
            }
        }
        return names.isEmpty() ? plan : plan.with(names);
    }

    /** What status says was found before; untrusted, so it only ever costs a look. */
    static Set<String> carried(
            ExternalSecret externalSecret, SyncPlan plan, SyncPlan.Finding finding) {
        var asked = plan.asked().stream().map(SyncPlan.Read::ref).map(ValueRef::key).toList();
        return StatusMemory.keys(externalSecret, finding.ref().store()).stream()
                .filter(key -> !asked.contains(key) && mayMatch(finding.selector(), key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean mayMatch(Selector selector, String name) {
        return selector.matchesName(name) && name.startsWith(selector.path());
    }

    private static Set<String> find(SecretSource source, Selector selector, Set<String> carried)
            throws SourceException {
        var names = new TreeSet<String>();
        var token = Optional.<String>empty();
        do {
            var page = source.find(selector, token);
            for (var secret : page.secrets()) {
                if (secret.deletionDate() == null || carried.contains(secret.name())) {
                    names.add(secret.name());
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
        for (var name : carried) {
            if (!names.contains(name) && stillMatches(source, selector, new RemoteKey(name))) {
                names.add(name);
            }
        }
        return names;
    }

    /** Lists lag, so a match is gone only when a Describe says so (semantics 15). */
    private static boolean stillMatches(SecretSource source, Selector selector, RemoteKey key)
            throws SourceException {
        RemoteSecret secret;
        try {
            secret = source.describeTagged(key);
        } catch (SourceException e) {
            if (e.failure() instanceof SourceFailure.NotFound) {
                return false;
            }
            throw e;
        }
        return source.matches(selector, secret);
    }
}
