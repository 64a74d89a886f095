package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.cluster.Reference;
import dev.lockstep.cluster.ReferenceContent;
import dev.lockstep.cluster.ReferenceState;
import dev.lockstep.cluster.References;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.WriteFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The ConfigMaps and Secrets that hold templates of ExternalSecrets. Each is watched while one uses
 * it; its content is read when it is rendered, and not kept.
 */
public final class TemplateContents {
    private final References references;

    public TemplateContents(References references) {
        this.references = references;
    }

    /** From now on a change of what it uses wakes the ExternalSecret; what is missing may come. */
    void hold(ExternalSecret externalSecret) {
        references.hold(
                holder(externalSecret),
                externalSecret.spec().templateSources().stream()
                        .map(source -> reference(source, externalSecret))
                        .collect(Collectors.toSet()));
    }

    void forget(ExternalSecret externalSecret) {
        references.hold(holder(externalSecret), Set.of());
    }

    /** A hash of the content of each source; empty for one that does not exist. */
    Map<TemplateSource, Optional<String>> hashes(ExternalSecret externalSecret)
            throws SyncException {
        return each(
                externalSecret,
                reference -> references.state(reference).map(ReferenceState::dataHash));
    }

    /** The content of each source; empty for one that does not exist. */
    Map<TemplateSource, Optional<SortedMap<String, SecretBytes>>> read(
            ExternalSecret externalSecret) throws SyncException {
        return each(
                externalSecret,
                reference -> references.read(reference).map(ReferenceContent::data));
    }

    private interface Look<T> {
        Optional<T> at(Reference reference) throws SourceException;
    }

    private static <T> Map<TemplateSource, Optional<T>> each(
            ExternalSecret externalSecret, Look<T> look) throws SyncException {
        var found = new LinkedHashMap<TemplateSource, Optional<T>>();
        for (var source : externalSecret.spec().templateSources()) {
            var reference = reference(source, externalSecret);
            try {
                found.put(source, look.at(reference));
            } catch (SourceException e) {
                throw new SyncException(failure(reference, e));
            }
        }
        return found;
    }

    /** Kubernetes is the one that fails here, not the provider. */
    private static SyncFailure failure(Reference reference, SourceException e) {
        var reason =
                e.failure().passing()
                        ? WriteFailure.Reason.UNREACHABLE
                        : WriteFailure.Reason.API_DENIED;
        var what =
                e.failure().passing()
                        ? "%s, which holds templates, cannot be read just now: the Kubernetes API gives no usable answer; Lockstep tries again"
                        : "%s, which holds templates, cannot be read: grant get, list and watch of it to the operator's role";
        return SyncFailure.of(new WriteFailure(reason, what.formatted(reference)));
    }

    static Reference reference(TemplateSource source, ExternalSecret externalSecret) {
        var namespace = externalSecret.getMetadata().getNamespace();
        return switch (source.kind()) {
            case ConfigMap -> Reference.toConfigMap(namespace, source.name());
            case Secret -> Reference.toSecret(namespace, source.name());
        };
    }

    private static String holder(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        return "templates of %s/%s".formatted(metadata.getNamespace(), metadata.getName());
    }
}
