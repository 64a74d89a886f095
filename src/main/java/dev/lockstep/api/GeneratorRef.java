package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which generator makes the values. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GeneratorRef(
        @JsonPropertyDescription("API version of the generator.")
                @Default("generators.external-secrets.io/v1alpha1")
                @Nullable String apiVersion,
        @JsonPropertyDescription("Kind of the generator.")
                @Required
                @SchemaFrom(type = GeneratorKind.class)
                String kind,
        @JsonPropertyDescription("Name of the generator.")
                @Required
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                String name,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public GeneratorRef {
        kind = Absent.orEmpty(kind);
        name = Absent.orEmpty(name);
        unknown = Absent.orEmpty(unknown);
    }
}
