package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exactly one provider. Providers other than AWS are kept as they are, and not served. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoreProvider(
        @JsonPropertyDescription("Secrets in AWS.") @Nullable AwsProvider aws,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public StoreProvider {
        unknown = Absent.orEmpty(unknown);
    }
}
