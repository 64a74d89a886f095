package dev.lockstep.source;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What ListSecrets and DescribeSecret tell about a secret without reading its value.
 *
 * @param versionsByLabel version id per staging label
 * @param kmsKeyId null when the AWS managed key encrypts it
 * @param deletionDate when it was marked for deletion; null for a live secret
 * @param tags null where the answer did not tell them, or nobody needs them
 */
public record RemoteSecret(
        String arn,
        String name,
        Map<String, String> versionsByLabel,
        @Nullable String kmsKeyId,
        @Nullable Instant changedAt,
        @Nullable Instant lastRotated,
        @Nullable Instant nextRotation,
        boolean rotationEnabled,
        @Nullable Instant deletionDate,
        @Nullable Tags tags) {

    public RemoteSecret {
        versionsByLabel = Map.copyOf(versionsByLabel);
    }

    /** Without tags. */
    public RemoteSecret(
            String arn,
            String name,
            Map<String, String> versionsByLabel,
            @Nullable String kmsKeyId,
            @Nullable Instant changedAt,
            @Nullable Instant lastRotated,
            @Nullable Instant nextRotation,
            boolean rotationEnabled,
            @Nullable Instant deletionDate) {
        this(
                arn,
                name,
                versionsByLabel,
                kmsKeyId,
                changedAt,
                lastRotated,
                nextRotation,
                rotationEnabled,
                deletionDate,
                null);
    }

    /** The same with these tags, or with none told. */
    public RemoteSecret withTags(@Nullable Tags other) {
        return Objects.equals(tags, other)
                ? this
                : new RemoteSecret(
                        arn,
                        name,
                        versionsByLabel,
                        kmsKeyId,
                        changedAt,
                        lastRotated,
                        nextRotation,
                        rotationEnabled,
                        deletionDate,
                        other);
    }

    /**
     * The version behind a label, or the id itself; empty when the label is on no version, and for
     * tags that were not told.
     */
    public Optional<RemoteVersion> version(RequestedVersion requested) {
        return Optional.ofNullable(versionId(requested)).map(id -> new RemoteVersion(arn, id));
    }

    private @Nullable String versionId(RequestedVersion requested) {
        return switch (requested.kind()) {
            case LABEL -> versionsByLabel.get(requested.name());
            case ID -> requested.name();
            case TAGS -> tags == null ? null : tags.hash();
            case PARAMETER_LABEL -> null;
        };
    }

    /** Whether {@code key} names this secret: by name, ARN, or ARN without its random suffix. */
    public boolean isNamedBy(RemoteKey key) {
        return key.id().equals(name) || key.id().equals(arn) || key.id().equals(partialArn(arn));
    }

    /**
     * The ARN without the hyphen and six random characters that Secrets Manager appends; a
     * parameter's whole ARN.
     */
    public static String partialArn(String arn) {
        var suffix = arn.length() - 7;
        return suffix > 0 && arn.charAt(suffix) == '-' && arn.contains(":secret:")
                ? arn.substring(0, suffix)
                : arn;
    }
}
