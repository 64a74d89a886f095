package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the target is shaped. */
@ValidationRule(
        value = "!has(self.type) || self.type != 'bootstrap.kubernetes.io/token'",
        message = "bootstrap tokens are made by Kubernetes alone: choose another type")
@ValidationRule(
        value =
                "!has(self.type) || self.type != 'kubernetes.io/service-account-token'"
                        + " || !(has(self.metadata) && has(self.metadata.annotations)"
                        + " && 'kubernetes.io/service-account.name' in self.metadata.annotations)",
        message =
                "a template must not ask Kubernetes for a ServiceAccount's token: remove the"
                        + " annotation kubernetes.io/service-account.name, or choose another type")
// A target of eleven letters is Annotations, in whatever case; comparing it would cost too much.
@ValidationRule(
        value =
                "!has(self.type) || self.type != 'kubernetes.io/service-account-token'"
                        + " || !has(self.templateFrom)"
                        + " || !self.templateFrom.exists(t, size(t.target) == 11)",
        message =
                "a template must not ask Kubernetes for a ServiceAccount's token: remove the"
                        + " templateFrom entries with target Annotations, or choose another type")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Template(
        @JsonPropertyDescription("Type of the Secret. Absent: Opaque.") @Nullable String type,
        @JsonPropertyDescription("Template engine; there is one.")
                @Default("v2")
                @SchemaFrom(type = TemplateEngine.class)
                @Nullable String engineVersion,
        @JsonPropertyDescription(
                        "Replace: the Secret holds what the template makes. Merge: the fetched keys"
                                + " as well.")
                @Default("Replace")
                @SchemaFrom(type = TemplateMergePolicy.class)
                @Nullable String mergePolicy,
        @JsonPropertyDescription("Labels, annotations and finalizers of the target.")
                @Nullable TemplateMetadata metadata,
        @JsonPropertyDescription("A template for each key of the Secret.") Map<String, String> data,
        @JsonPropertyDescription("Templates that are kept elsewhere.")
                List<TemplateFrom> templateFrom,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public Template {
        data = Absent.orEmpty(data);
        templateFrom = Absent.orEmpty(templateFrom);
        unknown = Absent.orEmpty(unknown);
    }

    public TemplateMergePolicy mergePolicyOrDefault() {
        return Absent.or(mergePolicy, TemplateMergePolicy.Replace);
    }

    /** The objects that hold its templates, each once, in the order of the spec. */
    public Set<TemplateSource> sources() {
        var sources = new LinkedHashSet<TemplateSource>();
        templateFrom.forEach(from -> sources.addAll(from.sources()));
        return Collections.unmodifiableSet(sources);
    }

    /** Whether it makes labels or annotations that are known only once it is rendered. */
    public boolean makesMetadata() {
        var metadata = metadataOrEmpty();
        return Stream.concat(
                                metadata.labels().values().stream(),
                                metadata.annotations().values().stream())
                        .anyMatch(Template::isTemplate)
                || templateFrom.stream()
                        .anyMatch(from -> !from.targetOrDefault().equalsIgnoreCase("Data"));
    }

    /** Whether the text may be another one when it is rendered. */
    public static boolean isTemplate(String text) {
        return text.contains("{{");
    }

    /** The metadata, with nothing in it where it is absent. */
    public TemplateMetadata metadataOrEmpty() {
        return metadata == null ? TemplateMetadata.EMPTY : metadata;
    }

    /** Metadata of the target. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TemplateMetadata(
            @JsonPropertyDescription("Annotations; values may be templates.")
                    Map<String, String> annotations,
            @JsonPropertyDescription("Labels; values may be templates.") Map<String, String> labels,
            @JsonPropertyDescription("Finalizers.") List<String> finalizers,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        static final TemplateMetadata EMPTY =
                new TemplateMetadata(Map.of(), Map.of(), List.of(), Map.of());

        public TemplateMetadata {
            annotations = Absent.orEmpty(annotations);
            labels = Absent.orEmpty(labels);
            finalizers = Absent.orEmpty(finalizers);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
