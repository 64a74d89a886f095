package dev.lockstep.sync;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and annotations that the target Secret shall have besides our bookkeeping.
 *
 * @param finalizers put to those that it has
 * @param complete false where a template makes more of values that have not been read: then what
 *     the Secret has beyond this stays
 */
public record TargetMetadata(
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<String> finalizers,
        boolean complete) {

    public TargetMetadata(SortedMap<String, String> labels, SortedMap<String, String> annotations) {
        this(labels, annotations, List.of(), true);
    }

    public TargetMetadata {
        finalizers = List.copyOf(finalizers);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /**
     * As ESO: without a template all of the ExternalSecret's own, kubectl's last-applied
     * configuration included; with a template what its metadata says and nothing else.
     *
     * @param template the template's labels and annotations; empty when there is no template, and
     *     of empty maps when it has no metadata
     */
    public static TargetMetadata of(
            Map<String, String> externalSecretLabels,
            Map<String, String> externalSecretAnnotations,
            Optional<TargetMetadata> template) {
        var source =
                template.orElseGet(
                        () ->
                                new TargetMetadata(
                                        new TreeMap<>(externalSecretLabels),
                                        new TreeMap<>(externalSecretAnnotations)));
        return new TargetMetadata(
                withoutBookkeeping(source.labels),
                withoutBookkeeping(source.annotations),
                source.finalizers,
                source.complete);
    }

    /** The same with the labels and annotations that a template has made. */
    public TargetMetadata rendered(
            SortedMap<String, String> newLabels, SortedMap<String, String> newAnnotations) {
        return new TargetMetadata(
                withoutBookkeeping(newLabels),
                withoutBookkeeping(newAnnotations),
                finalizers,
                true);
    }

    public static TargetMetadata none() {
        return new TargetMetadata(new TreeMap<>(), new TreeMap<>());
    }

    private static SortedMap<String, String> withoutBookkeeping(Map<String, String> map) {
        var copied = new TreeMap<>(map);
        copied.keySet().removeIf(SecretAnnotations::isBookkeeping);
        return copied;
    }
}
