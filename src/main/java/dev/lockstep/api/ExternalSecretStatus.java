package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was written last, for people; no decision trusts it.
 *
 * @param sourcesOmitted how many sources are not listed; null for none
 */
@JsonClassDescription("What was written last.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExternalSecretStatus(
        @JsonPropertyDescription("When the target was last synced or found to be in step.")
                @io.fabric8.generator.annotation.Nullable
                @Nullable String refreshTime,
        @JsonPropertyDescription("Generation and metadata hash of the resource last synced.")
                @Nullable String syncedResourceVersion,
        @JsonPropertyDescription(
                        "Ready: the target carries the current version. SourceAvailable:"
                                + " the provider answers.")
                List<Condition> conditions,
        @JsonPropertyDescription("The Secret, for service bindings.") @Nullable Binding binding,
        @JsonPropertyDescription("The remote versions that the target carries.")
                @Size(max = MAX_SOURCES)
                List<SourceStatus> sources,
        @JsonPropertyDescription("How many sources are not listed.")
                @Nullable Integer sourcesOmitted) {
    /** The most entries that {@code sources} has. */
    public static final int MAX_SOURCES = 32;

    static final ExternalSecretStatus EMPTY =
            new ExternalSecretStatus(null, null, List.of(), null, List.of(), null);

    public ExternalSecretStatus {
        conditions = Absent.orEmpty(conditions);
        sources = Absent.orEmpty(sources);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** The Secret by name, as a Provisioned Service of servicebinding.io. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Binding(
            @JsonPropertyDescription("Name of the Secret.") @Default("\"\"")
                    @Nullable String name) {}
}
