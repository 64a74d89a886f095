package dev.lockstep.reconcile;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.GoDuration;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.Template;
import dev.lockstep.api.ValueRef;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.render.RenderException;
import dev.lockstep.render.SpecTemplates;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.Generation;
import dev.lockstep.sync.SecretOwner;
import dev.lockstep.sync.SecretPlan;
import dev.lockstep.sync.Snapshot;
import dev.lockstep.sync.SyncHold;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.TargetMetadata;
import dev.lockstep.sync.TargetSecret;
import dev.lockstep.sync.Versions;
import dev.lockstep.watch.Matches;
import dev.lockstep.watch.Search;
import dev.lockstep.watch.Sighting;
import dev.lockstep.watch.Use;
import dev.lockstep.watch.User;
import dev.lockstep.watch.VersionWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Gathers what the decision needs, from caches; says what is to be watched on the way. */
public final class Gatherer {
    private final VersionWatch watch;
    private final TargetSecrets targets;
    private final SyncHistory history;
    private final TemplateContents contents;
    private final Templates templates;
    private final Duration minRefreshInterval;

    public Gatherer(
            VersionWatch watch,
            TargetSecrets targets,
            SyncHistory history,
            TemplateContents contents,
            Templates templates,
            Duration minRefreshInterval) {
        this.watch = watch;
        this.targets = targets;
        this.history = history;
        this.contents = contents;
        this.templates = templates;
        this.minRefreshInterval = minRefreshInterval;
    }

    Situation gather(
            ExternalSecret externalSecret,
            Map<StoreName, OpenStore> stores,
            List<OpenGenerator> generators,
            Instant now)
            throws SyncException {
        var spec = externalSecret.spec();
        var uses = new HashMap<StoreName, SyncPlan.StoreUse>();
        stores.forEach((name, store) -> uses.put(name, store.use()));
        contents.hold(externalSecret);
        var asked = SyncPlan.of(externalSecret, uses, contents.hashes(externalSecret));
        var interval = refreshInterval(externalSecret);
        var metadata = metadata(externalSecret);
        var target = targets.find(externalSecret);
        var sightings =
                Snapshot.follows(spec, interval)
                        ? follow(
                                externalSecret,
                                asked,
                                stores,
                                interval,
                                carriedVersions(metadata, target))
                        : forget(externalSecret, asked);
        var plan = sightings.plan();
        var versions = sightings.versions(spec.target().deletionPolicyOrDefault());
        var snapshot =
                new Snapshot(
                        metadata.policy(),
                        spec.target().deletionPolicyOrDefault(),
                        spec.refreshPolicyOrDefault(),
                        interval,
                        plan,
                        versions,
                        target,
                        externalSecret.getMetadata().getName(),
                        SyncHold.of(spec.syncWindows(), now),
                        refreshDue(externalSecret, interval, now),
                        StatusMemory.inStep(externalSecret, plan, versions),
                        differs(metadata, target),
                        !metadata.metadata().complete(),
                        variesBeforeUs(externalSecret, metadata, target),
                        generation(generators, metadata, target, interval, now));
        return new Situation(
                externalSecret, stores, generators, sightings, interval, metadata, snapshot);
    }

    /** Asked only of a Secret that another operator may have written. */
    private boolean variesBeforeUs(
            ExternalSecret externalSecret, DesiredSecret metadata, Optional<TargetSecret> target)
            throws SyncException {
        var unknown =
                target.map(TargetSecret::annotations)
                        .map(metadata.annotationNames()::carried)
                        .filter(carried -> carried.inputs().isEmpty());
        if (unknown.isEmpty() || !SpecTemplates.areUsed(externalSecret.spec())) {
            return false;
        }
        try {
            return SpecTemplates.varyByRun(
                    externalSecret.spec(), contents.read(externalSecret), templates);
        } catch (RenderException e) {
            // The sync that is due tells it.
            return false;
        }
    }

    private Sightings forget(ExternalSecret externalSecret, SyncPlan plan) {
        watch.forget(user(externalSecret));
        return new Sightings(plan, Map.of());
    }

    /** Has all that the plan reads watched, and tells what is known of it. */
    private Sightings follow(
            ExternalSecret externalSecret,
            SyncPlan plan,
            Map<StoreName, OpenStore> stores,
            Duration interval,
            Optional<String> carried) {
        var byFind = matches(plan, stores);
        var searches = searches(externalSecret, plan, stores, interval, byFind);
        var all = plan.with(names(byFind, match -> true));
        // What is marked for deletion counts if the Secret has it, as far as anything can tell.
        var told = StatusMemory.versionIds(externalSecret, all);
        var had =
                plan.with(
                        names(
                                byFind,
                                match -> !match.isFoundMarked() || told.containsKey(match.ref())));
        var sightings = look(all, stores, byFind);
        var isCarried =
                sightings.versions(DeletionPolicy.Retain) instanceof Versions.Known known
                        && carried.filter(all.versions(known.found())::equals).isPresent();
        var counting = isCarried || all.equals(had) ? all : had;
        watch.use(user(externalSecret), uses(counting, stores, interval), searches);
        // In mode Off that is told only of what is in use.
        return look(counting, stores, matches(plan, stores));
    }

    private Map<FindRef, Matches> matches(SyncPlan plan, Map<StoreName, OpenStore> stores) {
        var matches = new LinkedHashMap<FindRef, Matches>();
        for (var finding : plan.findings()) {
            var identity = stores.get(finding.ref().store()).source().identity();
            matches.put(finding.ref(), watch.look(identity, finding.selector()));
        }
        return matches;
    }

    private record Match(FindRef find, RemoteSecret secret, Matches.Known of) {
        ValueRef ref() {
            return find.match(secret.name());
        }

        boolean isFoundMarked() {
            return of.foundMarked().contains(new RemoteKey(secret.name()));
        }
    }

    private static Map<FindRef, List<String>> names(
            Map<FindRef, Matches> byFind, Predicate<Match> counts) {
        var names = new HashMap<FindRef, List<String>>();
        byFind.forEach(
                (find, matches) ->
                        Sightings.known(matches)
                                .ifPresent(
                                        known ->
                                                names.put(
                                                        find,
                                                        known.secrets().stream()
                                                                .map(s -> new Match(find, s, known))
                                                                .filter(counts)
                                                                .map(match -> match.secret().name())
                                                                .toList())));
        return names;
    }

    private static Optional<String> carriedVersions(
            DesiredSecret metadata, Optional<TargetSecret> target) {
        return target.flatMap(t -> metadata.annotationNames().carried(t.annotations()).versions());
    }

    private static Collection<Search> searches(
            ExternalSecret externalSecret,
            SyncPlan plan,
            Map<StoreName, OpenStore> stores,
            Duration interval,
            Map<FindRef, Matches> byFind) {
        return plan.findings().stream()
                .map(
                        finding -> {
                            var store = stores.get(finding.ref().store());
                            var carried =
                                    LiveSearch.carried(externalSecret, plan, finding).stream()
                                            .map(RemoteKey::new)
                                            .collect(Collectors.toSet());
                            Sightings.known(byFind.get(finding.ref()))
                                    .ifPresent(
                                            known -> carried.removeAll(Set.copyOf(known.keys())));
                            return new Search(
                                    store.source(),
                                    finding.selector(),
                                    interval,
                                    store.watchSettings(),
                                    carried);
                        })
                .toList();
    }

    /** Has a secret looked at afresh that a read could not find. */
    void lookNow(Situation situation, ValueRef ref) {
        var source = situation.stores().get(ref.store()).source();
        watch.lookNow(source.identity(), new RemoteKey(ref.key()));
    }

    /** What it uses need not be watched any more. */
    void forget(ExternalSecret externalSecret) {
        contents.forget(externalSecret);
        watch.forget(user(externalSecret));
    }

    private static User user(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        return new User(metadata.getNamespace(), metadata.getName());
    }

    /** The spec's interval, raised to what the admin allows; zero or less stays: synced once. */
    Duration refreshInterval(ExternalSecret externalSecret) {
        var asked =
                GoDuration.parse(externalSecret.spec().refreshIntervalOrDefault()).orElseThrow();
        var never = asked.isNegative() || asked.isZero();
        return never || asked.compareTo(minRefreshInterval) >= 0 ? asked : minRefreshInterval;
    }

    private static Collection<Use> uses(
            SyncPlan plan, Map<StoreName, OpenStore> stores, Duration interval) {
        var versions = new LinkedHashMap<SyncPlan.Read, Set<RequestedVersion>>();
        var first = new HashMap<String, SyncPlan.Read>();
        for (var read : plan.reads()) {
            if (read.version().isTold()) {
                var key = read.ref().store() + " " + read.key();
                var use = first.computeIfAbsent(key, any -> read);
                versions.computeIfAbsent(use, any -> new HashSet<>()).add(read.version());
            }
        }
        return versions.entrySet().stream()
                .map(
                        use -> {
                            var store = stores.get(use.getKey().ref().store());
                            return new Use(
                                    store.source(),
                                    use.getKey().key(),
                                    use.getValue(),
                                    interval,
                                    store.watchSettings());
                        })
                .toList();
    }

    private Sightings look(
            SyncPlan plan, Map<StoreName, OpenStore> stores, Map<FindRef, Matches> byFind) {
        var sightings = new LinkedHashMap<ValueRef, Sighting>();
        for (var read : plan.reads()) {
            if (!read.version().byId()) {
                var identity = stores.get(read.ref().store()).source().identity();
                sightings.put(
                        read.ref(),
                        read.version().isTold()
                                ? watch.look(identity, read.key())
                                : new Sighting.Unwatched("", Optional.empty()));
            }
        }
        return new Sightings(plan, sightings, byFind);
    }

    private boolean refreshDue(ExternalSecret externalSecret, Duration interval, Instant now) {
        if (interval.isNegative() || interval.isZero()) {
            return false;
        }
        // A tenth early, because the timer is jittered by as much.
        var due = interval.multipliedBy(9).dividedBy(10);
        return history.refreshedAt(externalSecret.getMetadata().getUid())
                .or(() -> StatusMemory.refreshTime(externalSecret, now))
                .map(last -> !now.isBefore(last.plus(due)))
                .orElse(true);
    }

    private static Generation generation(
            List<OpenGenerator> generators,
            DesiredSecret metadata,
            Optional<TargetSecret> target,
            Duration interval,
            Instant now) {
        if (generators.isEmpty()) {
            return Generation.NONE;
        }
        var annotations = target.map(TargetSecret::annotations).orElse(Map.of());
        var last = metadata.annotationNames().carried(annotations).made();
        return Generation.of(
                generators.stream().map(OpenGenerator::use).toList(), last, interval, now);
    }

    private static boolean differs(DesiredSecret metadata, Optional<TargetSecret> target) {
        if (target.isEmpty() || metadata.policy() == CreationPolicy.None) {
            return false;
        }
        var plan = SecretPlan.of(metadata, target);
        // A Secret that is not ours to write may still look as if we had: the write tells.
        return !(plan instanceof SecretPlan.Nothing || plan instanceof SecretPlan.Absent);
    }

    /** The target as it should be, with its data left as it is. */
    private static DesiredSecret metadata(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        var target = externalSecret.spec().target();
        var template = Optional.ofNullable(target.template());
        return new DesiredSecret(
                owner(externalSecret),
                metadata.getNamespace(),
                externalSecret.targetName(),
                template.map(Template::type).orElse(""),
                Optional.empty(),
                TargetMetadata.of(
                        externalSecret.labels(),
                        externalSecret.annotations(),
                        template.map(Gatherer::metadata)),
                target.immutable(),
                target.creationPolicyOrDefault(),
                Optional.empty());
    }

    static SecretOwner owner(ExternalSecret externalSecret) {
        return new SecretOwner(
                externalSecret.getApiVersion(),
                externalSecret.getKind(),
                externalSecret.getMetadata().getName(),
                externalSecret.getMetadata().getUid());
    }

    private static TargetMetadata metadata(Template template) {
        var metadata = template.metadataOrEmpty();
        return new TargetMetadata(
                plain(metadata.labels()),
                plain(metadata.annotations()),
                metadata.finalizers(),
                !template.makesMetadata());
    }

    private static SortedMap<String, String> plain(Map<String, String> texts) {
        var plain = new TreeMap<>(texts);
        plain.values().removeIf(Template::isTemplate);
        return plain;
    }
}
