package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ServiceAccount in the cluster. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceAccountSelector(
        @JsonPropertyDescription("Name of the ServiceAccount.")
                @Required
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                String name,
        @JsonPropertyDescription(
                        "Namespace of the ServiceAccount. A SecretStore may name its own only; a"
                                + " ClusterSecretStore without it uses the ExternalSecret's.")
                @Pattern(Names.NAMESPACE)
                @Size(min = 1, max = Names.NAMESPACE_MAX)
                @Nullable String namespace,
        @JsonPropertyDescription("Audiences of the token, added to the provider's own.")
                List<String> audiences,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public ServiceAccountSelector {
        name = Absent.orEmpty(name);
        audiences = Absent.orEmpty(audiences);
        unknown = Absent.orEmpty(unknown);
    }
}
