package dev.lockstep.sync;

import static dev.lockstep.sync.SpecProblem.invalid;
import static dev.lockstep.sync.SpecProblem.notSupported;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DataFrom;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretData;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.GoDuration;
import dev.lockstep.api.MetadataPolicy;
import dev.lockstep.api.RemoteRef;
import dev.lockstep.api.SourceRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an ExternalSecret's spec. The CRDs' CEL rules say most of it earlier; it is
 * said again here because ESO's CRDs have no such rules (semantics 23, 24).
 */
public final class SpecChecks {
    private static final List<Function<ExternalSecretSpec, Stream<SpecProblem>>> CHECKS =
            List.of(
                    SpecChecks::refreshInterval,
                    SpecChecks::policies,
                    SpecChecks::nothingAsked,
                    SpecChecks::unions,
                    SpecChecks::entries,
                    SpecChecks::duplicateKeys,
                    TemplateChecks::types,
                    SpecChecks::notServed,
                    TemplateChecks::notServed);

    private SpecChecks() {}

    /** The first problem in a fixed order, so that the condition is stable. */
    public static Optional<SpecProblem> firstProblem(ExternalSecret externalSecret) {
        var unknown = externalSecret.unknown().stream().map(SpecProblem::of).findFirst();
        return unknown.or(
                () ->
                        CHECKS.stream()
                                .flatMap(check -> check.apply(externalSecret.spec()))
                                .findFirst());
    }

    private static Stream<SpecProblem> refreshInterval(ExternalSecretSpec spec) {
        var text = spec.refreshIntervalOrDefault();
        return when(
                GoDuration.parse(text).isEmpty(),
                invalid(
                        "spec.refreshInterval",
                        "%s is not a duration: write it like 1h or 5m30s".formatted(text)));
    }

    private static Stream<SpecProblem> policies(ExternalSecretSpec spec) {
        var creation = spec.target().creationPolicyOrDefault();
        var deletion = spec.target().deletionPolicyOrDefault();
        var notOurs =
                creation == CreationPolicy.Merge
                        || creation == CreationPolicy.None
                        || creation == CreationPolicy.CreateOrMerge;
        var path = "spec.target.deletionPolicy";
        return Stream.concat(
                when(
                        deletion == DeletionPolicy.Delete && notOurs,
                        invalid(
                                path,
                                "Delete needs creationPolicy Owner, and this one is "
                                        + creation
                                        + ": choose Retain or Merge")),
                when(
                        deletion == DeletionPolicy.Merge && creation == CreationPolicy.None,
                        invalid(
                                path,
                                "Merge writes, and creationPolicy None does not: choose Retain")));
    }

    private static Stream<SpecProblem> nothingAsked(ExternalSecretSpec spec) {
        return when(
                spec.data().isEmpty() && spec.dataFrom().isEmpty(),
                invalid("spec", "neither data nor dataFrom: name at least one remote secret"));
    }

    private static Stream<SpecProblem> unions(ExternalSecretSpec spec) {
        return IntStream.range(0, spec.dataFrom().size())
                .boxed()
                .flatMap(i -> union("spec.dataFrom[" + i + "]", spec.dataFrom().get(i)));
    }

    private static Stream<SpecProblem> union(String path, DataFrom entry) {
        var generator = entry.sourceRef() != null && entry.sourceRef().generatorRef() != null;
        var store = entry.sourceRef() != null && entry.sourceRef().storeRef() != null;
        var asked =
                Stream.of(entry.extract() != null, entry.find() != null, generator)
                        .filter(one -> one)
                        .count();
        return Stream.of(
                        when(
                                asked > 1,
                                invalid(
                                        path,
                                        "extract, find and sourceRef.generatorRef exclude each other: keep one, in an entry of its own")),
                        when(
                                asked == 0 && !store,
                                invalid(
                                        path,
                                        "asks for nothing: add extract, find or sourceRef.generatorRef")),
                        sourceRef(path, entry.sourceRef()))
                .flatMap(problems -> problems);
    }

    private static Stream<SpecProblem> sourceRef(String path, @Nullable SourceRef ref) {
        if (ref == null) {
            return Stream.empty();
        }
        var both = ref.storeRef() != null && ref.generatorRef() != null;
        var neither = ref.storeRef() == null && ref.generatorRef() == null;
        return when(
                both || neither,
                invalid(path + ".sourceRef", "names exactly one of storeRef and generatorRef"));
    }

    private static Stream<SpecProblem> entries(ExternalSecretSpec spec) {
        var data =
                IntStream.range(0, spec.data().size())
                        .boxed()
                        .flatMap(i -> entry("spec.data[" + i + "]", spec, spec.data().get(i)));
        var dataFrom =
                IntStream.range(0, spec.dataFrom().size())
                        .boxed()
                        .flatMap(i -> extract(i, spec, spec.dataFrom().get(i)));
        return Stream.concat(data, dataFrom);
    }

    private static Stream<SpecProblem> entry(
            String path, ExternalSecretSpec spec, ExternalSecretData entry) {
        return Stream.of(
                        when(
                                entry.secretKey().isEmpty(),
                                invalid(path + ".secretKey", "is empty: name the Secret's key")),
                        sourceRef(path, entry.sourceRef()),
                        remoteRef(path + ".remoteRef", entry.remoteRef()),
                        store(path, spec, entry.sourceRef()))
                .flatMap(problems -> problems);
    }

    private static Stream<SpecProblem> extract(int index, ExternalSecretSpec spec, DataFrom entry) {
        var path = "spec.dataFrom[" + index + "]";
        return entry.extract() == null
                ? Stream.empty()
                : Stream.concat(
                        remoteRef(path + ".extract", entry.extract()),
                        store(path, spec, entry.sourceRef()));
    }

    private static Stream<SpecProblem> remoteRef(String path, RemoteRef ref) {
        return when(
                ref.key().isEmpty(),
                invalid(path + ".key", "is empty: name the remote secret, by name or ARN"));
    }

    private static Stream<SpecProblem> store(
            String path, ExternalSecretSpec spec, @Nullable SourceRef source) {
        var ref =
                source != null && source.storeRef() != null
                        ? source.storeRef()
                        : spec.secretStoreRefOrEmpty();
        return when(
                ref.name() == null || ref.name().isEmpty(),
                invalid(
                        path,
                        "no store to read from: set spec.secretStoreRef.name, or sourceRef.storeRef.name here"));
    }

    private static Stream<SpecProblem> duplicateKeys(ExternalSecretSpec spec) {
        if (spec.target().deletionPolicyOrDefault() != DeletionPolicy.Retain) {
            return Stream.empty();
        }
        var seen = new HashSet<String>();
        return spec.data().stream()
                .map(ExternalSecretData::secretKey)
                .filter(key -> !seen.add(key))
                .map(
                        key ->
                                invalid(
                                        "spec.data",
                                        "two entries write the key %s: give one of them another secretKey"
                                                .formatted(key)));
    }

    private static Stream<SpecProblem> notServed(ExternalSecretSpec spec) {
        var problems =
                Stream.of(
                        when(
                                spec.target().manifest() != null,
                                notSupported(
                                        "spec.target.manifest", "a target other than a Secret")),
                        when(
                                spec.syncWindows() != null,
                                notSupported("spec.syncWindows", "a sync window")));
        var data =
                IntStream.range(0, spec.data().size())
                        .boxed()
                        .flatMap(i -> notServed("spec.data[" + i + "]", spec.data().get(i)));
        var dataFrom =
                IntStream.range(0, spec.dataFrom().size())
                        .boxed()
                        .flatMap(
                                i -> notServed("spec.dataFrom[" + i + "]", spec.dataFrom().get(i)));
        return Stream.concat(problems.flatMap(p -> p), Stream.concat(data, dataFrom));
    }

    private static Stream<SpecProblem> notServed(String path, ExternalSecretData entry) {
        return Stream.concat(
                fetchesMetadata(path + ".remoteRef", entry.remoteRef()),
                generator(path, entry.sourceRef()));
    }

    private static Stream<SpecProblem> notServed(String path, DataFrom entry) {
        return Stream.of(
                        when(entry.find() != null, notSupported(path + ".find", "finding secrets")),
                        when(
                                !entry.rewrite().isEmpty(),
                                notSupported(path + ".rewrite", "rewriting keys")),
                        entry.extract() == null
                                ? Stream.<SpecProblem>empty()
                                : fetchesMetadata(path + ".extract", entry.extract()),
                        generator(path, entry.sourceRef()))
                .flatMap(problems -> problems);
    }

    private static Stream<SpecProblem> fetchesMetadata(String path, RemoteRef ref) {
        return when(
                ref.metadataPolicyOrDefault() == MetadataPolicy.Fetch,
                notSupported(path + ".metadataPolicy", "Fetch"));
    }

    private static Stream<SpecProblem> generator(String path, @Nullable SourceRef source) {
        return when(
                source != null && source.generatorRef() != null,
                notSupported(path + ".sourceRef.generatorRef", "a generator"));
    }

    static Stream<SpecProblem> when(boolean applies, SpecProblem problem) {
        return applies ? Stream.of(problem) : Stream.empty();
    }
}
