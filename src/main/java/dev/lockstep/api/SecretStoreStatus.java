package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the store can be used, and how its versions are watched. */
@JsonClassDescription("Whether the store can be used, and how its versions are watched.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretStoreStatus(
        @JsonPropertyDescription("Ready: the store can be used.") List<Condition> conditions,
        @JsonPropertyDescription("What the store can do: ReadOnly, WriteOnly or ReadWrite.")
                @Nullable String capabilities,
        @JsonPropertyDescription("How versions are watched just now.")
                @Nullable VersionWatchStatus versionWatch) {
    static final SecretStoreStatus EMPTY = new SecretStoreStatus(List.of(), null, null);

    public SecretStoreStatus {
        conditions = Absent.orEmpty(conditions);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /**
     * How versions are watched.
     *
     * @param lastCheckTime RFC 3339; read back it is untrusted text
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record VersionWatchStatus(
            @JsonPropertyDescription("List, Describe or Off.") @Nullable String mode,
            @JsonPropertyDescription("How often versions are really looked at.")
                    @Nullable String effectiveInterval,
            @JsonPropertyDescription("Why mode and interval are not as asked for.")
                    @Nullable String reason,
            @JsonPropertyDescription("When versions were last looked at.")
                    @Nullable String lastCheckTime,
            @JsonPropertyDescription("AWS calls of the last hour.")
                    @Nullable Integer callsLastHour) {}
}
