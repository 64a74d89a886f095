package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.source.SecretBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A desired Secret {@code team/db} for the ExternalSecret {@code db}, with defaults. */
public final class DesiredSecretBuilder {
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private String namespace = "team";
    private String name = "db";
    private SecretOwner externalSecret = externalSecret("db", "uid-of-db");
    private String type = "";
    private Optional<SortedMap<String, SecretBytes>> data =
            Optional.of(new TreeMap<>(Map.of("password", SecretBytes.ofUtf8("one"))));
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private boolean immutable;
    private boolean complete = true;
    private CreationPolicy policy = CreationPolicy.Owner;
    private Optional<SecretAnnotations.Marks> marks = marks("v1");

    public static DesiredSecretBuilder aDesiredSecret() {
        return new DesiredSecretBuilder();
    }

    public static SecretOwner externalSecret(String name, String uid) {
        return new SecretOwner("external-secrets.io/v1", "ExternalSecret", name, uid);
    }

    private static Optional<SecretAnnotations.Marks> marks(String versions) {
        var inputs = SecretAnnotations.Inputs.of("inputs", null);
        return Optional.of(new SecretAnnotations.Marks(versions, inputs, NOON));
    }

    public DesiredSecretBuilder in(String namespace) {
        this.namespace = namespace;
        return this;
    }

    public DesiredSecretBuilder named(String name) {
        this.name = name;
        return this;
    }

    public DesiredSecretBuilder of(SecretOwner externalSecret) {
        this.externalSecret = externalSecret;
        return this;
    }

    public DesiredSecretBuilder type(String type) {
        this.type = type;
        return this;
    }

    public DesiredSecretBuilder data(Map<String, String> texts) {
        var values = new TreeMap<String, SecretBytes>();
        texts.forEach((key, text) -> values.put(key, SecretBytes.ofUtf8(text)));
        data = Optional.of(values);
        return this;
    }

    /** Nothing was read: only labels, annotations and ownership are put right. */
    public DesiredSecretBuilder withoutData() {
        data = Optional.empty();
        return this;
    }

    public DesiredSecretBuilder labels(Map<String, String> labels) {
        this.labels = labels;
        return this;
    }

    public DesiredSecretBuilder annotations(Map<String, String> annotations) {
        this.annotations = annotations;
        return this;
    }

    /** A template makes more labels and annotations, of values that were not read. */
    public DesiredSecretBuilder withoutMadeMetadata() {
        complete = false;
        return this;
    }

    public DesiredSecretBuilder immutable() {
        immutable = true;
        return this;
    }

    public DesiredSecretBuilder policy(CreationPolicy policy) {
        this.policy = policy;
        return this;
    }

    /** The remote versions that the sync was made of. */
    public DesiredSecretBuilder versions(String versions) {
        marks = marks(versions);
        return this;
    }

    public DesiredSecretBuilder withoutMarks() {
        marks = Optional.empty();
        return this;
    }

    public DesiredSecret build() {
        return new DesiredSecret(
                externalSecret,
                namespace,
                name,
                type,
                data,
                new TargetMetadata(
                        new TreeMap<>(labels), new TreeMap<>(annotations), List.of(), complete),
                immutable,
                policy,
                marks);
    }
}
