package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which namespaces the ExternalSecret is. Empty lists are written too, for by server-side apply
 * what is not sent stays as another operator left it.
 */
@JsonClassDescription("In which namespaces the ExternalSecret is.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterExternalSecretStatus(
        @JsonPropertyDescription("Name of the ExternalSecrets.")
                @Nullable String externalSecretName,
        @JsonPropertyDescription("Namespaces without it, and why.")
                List<FailedNamespace> failedNamespaces,
        @JsonPropertyDescription("Namespaces with it.") List<String> provisionedNamespaces,
        @JsonPropertyDescription("Ready: each of the selected namespaces has it.")
                List<Condition> conditions) {
    static final ClusterExternalSecretStatus EMPTY =
            new ClusterExternalSecretStatus(null, List.of(), List.of(), List.of());

    public ClusterExternalSecretStatus {
        failedNamespaces = Absent.orEmpty(failedNamespaces);
        provisionedNamespaces = Absent.orEmpty(provisionedNamespaces);
        conditions = Absent.orEmpty(conditions);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** A namespace without its ExternalSecret. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record FailedNamespace(
            @JsonPropertyDescription("The namespace.") @Required String namespace,
            @JsonPropertyDescription("Why, and what to do.") @Nullable String reason) {}
}
