package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key of the target and where its value comes from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExternalSecretData(
        @JsonPropertyDescription("Key in the target Secret.")
                @Required
                @Pattern(Names.KEY)
                @Size(min = 1, max = Names.KEY_MAX)
                String secretKey,
        @JsonPropertyDescription("Where the value comes from.") @Required RemoteRef remoteRef,
        @JsonPropertyDescription("Reads this entry from another store.")
                @Nullable SourceRef sourceRef,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public ExternalSecretData {
        secretKey = Absent.orEmpty(secretKey);
        remoteRef = remoteRef == null ? RemoteRef.of("") : remoteRef;
        unknown = Absent.orEmpty(unknown);
    }

    public ExternalSecretData(String secretKey, RemoteRef remoteRef) {
        this(secretKey, remoteRef, null, Map.of());
    }
}
