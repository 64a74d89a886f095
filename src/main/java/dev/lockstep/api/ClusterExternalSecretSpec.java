package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which ExternalSecret is made, and in which namespaces. */
@JsonClassDescription("Which ExternalSecret is made, and in which namespaces.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterExternalSecretSpec(
        @JsonPropertyDescription("Spec of the ExternalSecrets.") @Required
                ExternalSecretSpec externalSecretSpec,
        @JsonPropertyDescription("Name of the ExternalSecrets; without one, this resource's own.")
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                @Nullable String externalSecretName,
        @JsonPropertyDescription("Labels and annotations of the ExternalSecrets.")
                @Nullable Metadata externalSecretMetadata,
        @JsonPropertyDescription("Namespaces with these labels. Prefer namespaceSelectors.")
                @Nullable LabelSelector namespaceSelector,
        @JsonPropertyDescription("Namespaces that any one of these selects.")
                List<LabelSelector> namespaceSelectors,
        @JsonPropertyDescription(
                        "Namespaces by name, besides those that are selected. Prefer namespaceSelectors"
                                + " with the label kubernetes.io/metadata.name.")
                List<@Pattern(Names.NAMESPACE) @Size(min = 1, max = Names.NAMESPACE_MAX) String>
                        namespaces,
        @JsonPropertyDescription(
                        "How often everything is looked at although nothing changed, such as 1h."
                                + " Changes are followed at once.")
                @Nullable String refreshTime,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    static final ClusterExternalSecretSpec EMPTY =
            new ClusterExternalSecretSpec(
                    null, null, null, null, List.of(), List.of(), null, Map.of());

    public ClusterExternalSecretSpec {
        externalSecretSpec =
                externalSecretSpec == null ? ExternalSecretSpec.EMPTY : externalSecretSpec;
        namespaceSelectors = Absent.orEmpty(namespaceSelectors);
        namespaces = Absent.orEmpty(namespaces);
        unknown = Absent.orEmpty(unknown);
    }

    public Metadata externalSecretMetadataOrEmpty() {
        return externalSecretMetadata == null
                ? new Metadata(Map.of(), Map.of(), Map.of())
                : externalSecretMetadata;
    }

    /** Labels and annotations. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Metadata(
            @JsonPropertyDescription("Annotations by name.") Map<String, String> annotations,
            @JsonPropertyDescription("Labels by name.") Map<String, String> labels,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Metadata {
            annotations = Absent.orEmpty(annotations);
            labels = Absent.orEmpty(labels);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
