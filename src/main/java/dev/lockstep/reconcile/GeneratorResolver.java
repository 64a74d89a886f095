package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FakeSpec;
import dev.lockstep.api.Generator;
import dev.lockstep.api.GeneratorKind;
import dev.lockstep.api.GeneratorName;
import dev.lockstep.api.GeneratorRef;
import dev.lockstep.api.Store;
import dev.lockstep.cluster.Generators;
import dev.lockstep.cluster.References;
import dev.lockstep.source.SecretSources;
import dev.lockstep.source.SourceException;
import dev.lockstep.sync.GeneratorChecks;
import dev.lockstep.sync.SpecProblem;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.watch.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the generators of an ExternalSecret, and refuses what may not be used. */
public final class GeneratorResolver {
    private static final String OF_STORES = "spec.provider.aws.";

    private final Generators<User> generators;
    private final SecretSources sources;
    private final References references;
    private final Wakes wakes;
    private final boolean scoped;

    /**
     * @param scoped to some namespaces: a ClusterGenerator belongs to none of them
     */
    public GeneratorResolver(
            Generators<User> generators,
            SecretSources sources,
            References references,
            Wakes wakes,
            boolean scoped) {
        this.generators = generators;
        this.sources = sources;
        this.references = references;
        this.wakes = wakes;
        this.scoped = scoped;
    }

    /**
     * The controller classes that its Fake generators name, empty text where one names none; an
     * empty element for one that cannot be seen.
     */
    List<Optional<String>> controllers(ExternalSecret externalSecret) {
        var classes = new ArrayList<Optional<String>>();
        for (var name : names(externalSecret)) {
            if (name.kind() == GeneratorKind.Fake || name.isOfCluster()) {
                hold(externalSecret);
                find(name)
                        .ifPresentOrElse(
                                generator -> controller(generator).ifPresent(classes::add),
                                () -> classes.add(Optional.empty()));
            }
        }
        return classes;
    }

    private static Optional<Optional<String>> controller(Generator generator) {
        return generator.generates() instanceof FakeSpec fake
                ? Optional.of(Optional.of(fake.controllerOrEmpty()))
                : Optional.empty();
    }

    private Optional<Generator> find(GeneratorName name) {
        try {
            return generators.find(name);
        } catch (SourceException e) {
            return Optional.empty();
        }
    }

    /**
     * Its generators, in the order of the spec, which has been checked.
     *
     * @throws SyncException when one of them does not exist or may not be used
     */
    List<OpenGenerator> open(ExternalSecret externalSecret) throws SyncException {
        // Before anything is read: what is missing now may come, and shall wake it.
        hold(externalSecret);
        var open = new ArrayList<OpenGenerator>();
        for (var ref : externalSecret.spec().generatorRefs().entrySet()) {
            open.add(open(ref.getKey(), ref.getValue(), namespace(externalSecret)));
        }
        holdCredentials(externalSecret, open);
        return open;
    }

    private OpenGenerator open(int entry, GeneratorRef ref, String namespace) throws SyncException {
        var name = GeneratorName.of(ref, namespace);
        if (scoped && name.isOfCluster()) {
            throw failure(
                    "NotSupported",
                    "%s: this operator serves single namespaces only (lockstep.namespaces) and sees no ClusterGenerator: name a generator of namespace %s"
                            .formatted(name, namespace));
        }
        try {
            var generator =
                    generators
                            .find(name)
                            .orElseThrow(
                                    () ->
                                            failure(
                                                    "NotFound",
                                                    "spec.dataFrom[%d]: there is no %s: create it, or correct generatorRef"
                                                            .formatted(entry, name)));
            var open = new OpenGenerator(entry, name, generator);
            var problem = problem(open);
            if (problem.isPresent()) {
                throw new SyncException(problem.get());
            }
            return open;
        } catch (SourceException e) {
            throw new SyncException(SyncFailure.of(e));
        }
    }

    /** What is wrong with its spec; empty when nothing is. No I/O. */
    private Optional<SyncFailure> problem(OpenGenerator open) {
        return GeneratorChecks.problems(open.generator()).stream()
                .findFirst()
                .map(SpecProblem::failure)
                .or(() -> open.as().flatMap(store -> ofProvider(open, store)))
                .map(
                        problem ->
                                SyncFailure.lasting(
                                        problem.reason(), open.name() + ": " + problem.message()));
    }

    /** The provider knows stores, so it names their fields. */
    private Optional<SyncFailure> ofProvider(OpenGenerator open, Store store) {
        return sources.problem(store)
                .map(
                        text ->
                                SyncFailure.lasting(
                                        "InvalidSpec",
                                        text.replace(
                                                OF_STORES,
                                                GeneratorChecks.path(open.generator()) + ".")));
    }

    private void hold(ExternalSecret externalSecret) {
        generators.hold(user(externalSecret), names(externalSecret));
    }

    /** Names that are served; others are refused by the checks of the spec. */
    private Set<GeneratorName> names(ExternalSecret externalSecret) {
        var refs = externalSecret.spec().generatorRefs();
        if (refs.isEmpty()) {
            return Set.of();
        }
        var names = new HashSet<GeneratorName>();
        for (var ref : refs.values()) {
            if (isServed(ref)) {
                names.add(GeneratorName.of(ref, namespace(externalSecret)));
            }
        }
        names.removeIf(name -> scoped && name.isOfCluster());
        return names;
    }

    private static boolean isServed(GeneratorRef ref) {
        return !ref.name().isEmpty()
                && Set.of(GeneratorKind.values()).stream()
                        .filter(kind -> kind.name().equals(ref.kind()))
                        .anyMatch(kind -> kind.type().isPresent());
    }

    /** Credentials that change make a failed attempt worth another. */
    private void holdCredentials(ExternalSecret externalSecret, List<OpenGenerator> open) {
        var user = user(externalSecret);
        var stores = open.stream().flatMap(generator -> generator.as().stream()).toList();
        references.hold(
                holder(externalSecret),
                StoreResolver.references(stores, namespace(externalSecret)));
        wakes.uses(user, stores);
    }

    /** Nothing that it names need be watched any more. */
    void forget(ExternalSecret externalSecret) {
        generators.hold(user(externalSecret), Set.of());
        references.hold(holder(externalSecret), Set.of());
        wakes.uses(user(externalSecret), List.of());
    }

    private static User user(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        return new User(metadata.getNamespace(), metadata.getName());
    }

    private static String holder(ExternalSecret externalSecret) {
        return "generators of "
                + namespace(externalSecret)
                + "/"
                + externalSecret.getMetadata().getName();
    }

    private static String namespace(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getNamespace();
    }

    private static SyncException failure(String reason, String message) {
        return new SyncException(SyncFailure.lasting(reason, message));
    }
}
