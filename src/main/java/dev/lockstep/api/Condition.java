package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a status.
 *
 * @param status True, False or Unknown
 * @param lastTransitionTime when status last changed, RFC 3339; read back it is untrusted text
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @JsonPropertyDescription("What the condition is about.") @Required String type,
        @JsonPropertyDescription("True, False or Unknown.") @Required String status,
        @JsonPropertyDescription("Why, in one word.") @Nullable String reason,
        @JsonPropertyDescription("Why, in a sentence, and what to do.") @Nullable String message,
        @JsonPropertyDescription("When status last changed.") @Nullable String lastTransitionTime) {
    public static final String READY = "Ready";
    public static final String SOURCE_AVAILABLE = "SourceAvailable";
    public static final String ROLLED_OUT = "RolledOut";

    public Condition {
        type = Absent.orEmpty(type);
        status = Absent.orEmpty(status);
    }

    public boolean holds() {
        return status.equals("True");
    }
}
