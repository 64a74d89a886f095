package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key of a Secret in the cluster. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeySelector(
        @JsonPropertyDescription("Name of the Secret.")
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                @Nullable String name,
        @JsonPropertyDescription(
                        "Namespace of the Secret. A SecretStore may name its own only; a"
                                + " ClusterSecretStore without it uses the ExternalSecret's.")
                @Pattern(Names.NAMESPACE)
                @Size(min = 1, max = Names.NAMESPACE_MAX)
                @Nullable String namespace,
        @JsonPropertyDescription("Key in the Secret.")
                @Pattern(Names.KEY)
                @Size(min = 1, max = Names.KEY_MAX)
                @Nullable String key,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public SecretKeySelector {
        unknown = Absent.orEmpty(unknown);
    }

    public SecretKeySelector(String name, @Nullable String namespace, String key) {
        this(name, namespace, key, Map.of());
    }
}
