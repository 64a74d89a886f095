package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * Which version of one remote secret the Secret carries. Times are RFC 3339 text; read back they
 * are untrusted. Never holds a value.
 *
 * @param store kind and name, such as {@code SecretStore/aws}
 * @param version the version asked for, as in the spec; null for AWSCURRENT
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SourceStatus(
        @JsonPropertyDescription("Kind and name of the store.") @Nullable String store,
        @JsonPropertyDescription("Name or ARN of the remote secret.") @Nullable String key,
        @JsonPropertyDescription("The version that the spec asks for. Absent: AWSCURRENT.")
                @Nullable String version,
        @JsonPropertyDescription("Id of the version that the Secret carries.")
                @Nullable String versionId,
        @JsonPropertyDescription("When the provider says that the secret was last changed.")
                @Nullable String changedAt,
        @JsonPropertyDescription("When the provider last rotated the secret.")
                @Nullable String lastRotated,
        @JsonPropertyDescription("When the provider is due to rotate it next.")
                @Nullable String nextRotation,
        @JsonPropertyDescription("Whether the provider rotates it.")
                @Nullable Boolean rotationEnabled,
        @JsonPropertyDescription("The KMS key that it is encrypted with.")
                @Nullable String kmsKeyId,
        @JsonPropertyDescription("When the provider will delete it, if it is marked for deletion.")
                @Nullable String deletionDate) {

    /** The same of another version. */
    public SourceStatus withVersionId(@Nullable String id) {
        return new SourceStatus(
                store,
                key,
                version,
                id,
                changedAt,
                lastRotated,
                nextRotation,
                rotationEnabled,
                kmsKeyId,
                deletionDate);
    }
}
