package dev.lockstep.sync;

import dev.lockstep.api.DataFrom;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecretData;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.GeneratorGroup;
import dev.lockstep.api.GeneratorKind;
import dev.lockstep.api.GeneratorRef;
import dev.lockstep.api.GoRegexp;
import dev.lockstep.api.MergeStrategy;
import dev.lockstep.api.RemoteRef;
import dev.lockstep.api.Rewrite;
import dev.lockstep.api.SourceRef;
import java.util.HashSet;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks of {@code spec.data} and {@code spec.dataFrom}. */
final class EntryChecks {
    private static final String DATA = "spec.data";
    private static final String DATA_FROM = "spec.dataFrom";

    private final ExternalSecretSpec spec;

    EntryChecks(ExternalSecretSpec spec) {
        this.spec = spec;
    }

    Stream<SpecProblem> any() {
        return problem(
                spec.data().isEmpty() && spec.dataFrom().isEmpty(),
                "spec",
                "there is nothing to sync: write data or dataFrom");
    }

    Stream<SpecProblem> unions() {
        return Stream.concat(
                Paths.indexed(DATA_FROM, spec.dataFrom(), EntryChecks::union),
                Paths.indexed(DATA, spec.data(), (path, entry) -> union(path, entry.sourceRef())));
    }

    private static Stream<SpecProblem> union(String path, DataFrom entry) {
        long sources =
                Stream.of(entry.extract(), entry.find(), generator(entry.sourceRef()))
                        .filter(Objects::nonNull)
                        .count();
        return Stream.of(
                        problem(
                                sources > 1,
                                path,
                                "extract, find and sourceRef.generatorRef exclude each other: write one of them"),
                        problem(
                                sources == 0 && entry.sourceRef() == null,
                                path,
                                "it takes nothing: write extract, find or sourceRef.generatorRef"),
                        union(path, entry.sourceRef()),
                        Paths.indexed(path + ".rewrite", entry.rewrite(), EntryChecks::union))
                .flatMap(Function.identity());
    }

    private static Stream<SpecProblem> union(String path, Rewrite rewrite) {
        long kinds =
                Stream.of(rewrite.merge(), rewrite.regexp(), rewrite.transform())
                        .filter(Objects::nonNull)
                        .count();
        return problem(kinds != 1, path, "write exactly one of merge, regexp and transform");
    }

    /** What {@code find} says. */
    Stream<SpecProblem> finds() {
        return Paths.indexed(
                DATA_FROM,
                spec.dataFrom(),
                (path, entry) ->
                        entry.find() == null ? Stream.empty() : find(path + ".find", entry.find()));
    }

    private static Stream<SpecProblem> find(String path, DataFrom.Find find) {
        var name = find.name();
        boolean any = (find.path() == null || find.path().isEmpty()) && find.tags().isEmpty();
        return Stream.concat(
                problem(
                        name == null && any,
                        path,
                        "it names nothing to look for: write name.regexp, path or tags"),
                name == null || name.regexp() == null
                        ? Stream.empty()
                        : regexp(path + ".name.regexp", name.regexp()));
    }

    private static Stream<SpecProblem> regexp(String path, String regexp) {
        return GoRegexp.problem(regexp).stream()
                .map(detail -> SpecProblem.invalid(path, detail + ": write it in RE2's syntax"));
    }

    /** What the steps of {@code rewrite} say, as far as it can be told without their input. */
    Stream<SpecProblem> rewrites() {
        return Paths.indexed(
                DATA_FROM,
                spec.dataFrom(),
                (path, entry) ->
                        Paths.indexed(path + ".rewrite", entry.rewrite(), EntryChecks::rewrite));
    }

    private static Stream<SpecProblem> rewrite(String path, Rewrite rewrite) {
        return Stream.concat(regexp(path, rewrite.regexp()), merge(path, rewrite.merge()));
    }

    private static Stream<SpecProblem> regexp(String path, Rewrite.@Nullable Regexp step) {
        return step == null ? Stream.empty() : regexp(path + ".regexp.source", step.source());
    }

    private static Stream<SpecProblem> merge(String path, Rewrite.@Nullable Merge step) {
        boolean nowhere =
                step != null
                        && step.strategyOrDefault() == MergeStrategy.JSON
                        && (step.into() == null || step.into().isEmpty());
        return problem(
                nowhere, path + ".merge.into", "strategy JSON needs it: name the key to write");
    }

    private static Stream<SpecProblem> union(String path, @Nullable SourceRef source) {
        return problem(
                source != null && (source.storeRef() == null) == (source.generatorRef() == null),
                path + ".sourceRef",
                "write exactly one of storeRef and generatorRef");
    }

    /** What entries refer to is named. */
    Stream<SpecProblem> references() {
        return Stream.of(
                        ObjectNames.check("spec.secretStoreRef.name", fallbackStore()),
                        Paths.indexed(DATA_FROM, spec.dataFrom(), this::references),
                        Paths.indexed(DATA, spec.data(), this::references))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> references(String path, DataFrom entry) {
        boolean reads = entry.extract() != null || entry.find() != null;
        return Stream.of(
                        anyStore(path, reads, entry.sourceRef()),
                        store(path, entry.sourceRef()),
                        generator(path + ".sourceRef.generatorRef", generator(entry.sourceRef())),
                        key(path + ".extract", entry.extract()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> references(String path, ExternalSecretData entry) {
        return Stream.of(
                        anyStore(path, generator(entry.sourceRef()) == null, entry.sourceRef()),
                        store(path, entry.sourceRef()),
                        problem(
                                generator(entry.sourceRef()) != null,
                                path + ".sourceRef.generatorRef",
                                "a generator makes keys of its own: move it to an entry of spec.dataFrom"),
                        key(path + ".remoteRef", entry.remoteRef()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> anyStore(String path, boolean reads, @Nullable SourceRef source) {
        boolean ownStore = source != null && source.storeRef() != null;
        return problem(
                reads && !ownStore && fallbackStore().isEmpty(),
                path,
                "it has no store to read from: write spec.secretStoreRef, or its own sourceRef.storeRef");
    }

    private String fallbackStore() {
        var name = spec.secretStoreRefOrEmpty().name();
        return name == null ? "" : name;
    }

    private static Stream<SpecProblem> store(String path, @Nullable SourceRef source) {
        var store = source == null ? null : source.storeRef();
        if (store == null) {
            return Stream.empty();
        }
        var namePath = path + ".sourceRef.storeRef.name";
        var name = store.name();
        return name == null || name.isEmpty()
                ? problem(true, namePath, "name the store to read from")
                : ObjectNames.check(namePath, name);
    }

    private static Stream<SpecProblem> key(String path, @Nullable RemoteRef ref) {
        return problem(
                ref != null && ref.key().isEmpty(), path + ".key", "name the secret to read");
    }

    /** Only under {@code Retain}, as in ESO: specs that it takes must not be refused here. */
    Stream<SpecProblem> duplicates() {
        if (spec.target().deletionPolicyOrDefault() != DeletionPolicy.Retain) {
            return Stream.empty();
        }
        var seen = new HashSet<String>();
        return Paths.indexed(
                DATA,
                spec.data(),
                (path, entry) ->
                        problem(
                                !seen.add(entry.secretKey()),
                                path + ".secretKey",
                                "an entry before it makes %s too: give each its own key"
                                        .formatted(entry.secretKey())));
    }

    Stream<SpecProblem> unserved() {
        return Paths.indexed(DATA_FROM, spec.dataFrom(), EntryChecks::unserved);
    }

    private static Stream<SpecProblem> unserved(String path, DataFrom entry) {
        return unserved(path + ".sourceRef.generatorRef", generator(entry.sourceRef()));
    }

    private static Stream<SpecProblem> unserved(String path, @Nullable GeneratorRef generator) {
        if (generator == null || generator.kind().isEmpty()) {
            return Stream.empty();
        }
        var group = generator.apiVersion();
        if (group != null && !group.isEmpty() && !group.equals(GeneratorGroup.API_VERSION)) {
            return Stream.of(
                    SpecProblem.notSupported(
                            path + ".apiVersion",
                            "Lockstep does not serve %s: write %s"
                                    .formatted(group, GeneratorGroup.API_VERSION)));
        }
        return GeneratorKind.valueOf(generator.kind()).type().isPresent()
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.notSupported(
                                path + ".kind",
                                "Lockstep does not serve generators of kind %s: use one of %s"
                                        .formatted(generator.kind(), servedGenerators())));
    }

    private static String servedGenerators() {
        return Stream.of(GeneratorKind.values())
                .filter(kind -> kind.type().isPresent())
                .map(GeneratorKind::name)
                .collect(Collectors.joining(", "));
    }

    /** The generator is named. */
    private static Stream<SpecProblem> generator(String path, @Nullable GeneratorRef generator) {
        if (generator == null) {
            return Stream.empty();
        }
        if (generator.kind().isEmpty()) {
            return problem(true, path + ".kind", "name the kind of the generator");
        }
        return generator.name().isEmpty()
                ? problem(true, path + ".name", "name the generator")
                : ObjectNames.check(path + ".name", generator.name());
    }

    private static @Nullable GeneratorRef generator(@Nullable SourceRef source) {
        return source == null ? null : source.generatorRef();
    }

    private static Stream<SpecProblem> problem(boolean found, String path, String detail) {
        return found ? Stream.of(SpecProblem.invalid(path, detail)) : Stream.empty();
    }
}
