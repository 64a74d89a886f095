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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Templates from a ConfigMap, a Secret or a literal text. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateFrom(
        @JsonPropertyDescription("ConfigMap that holds templates.") @Nullable TemplateRef configMap,
        @JsonPropertyDescription("Secret that holds templates.") @Nullable TemplateRef secret,
        @JsonPropertyDescription("A template that makes a YAML map of keys and values.")
                @Nullable String literal,
        @JsonPropertyDescription(
                        "What the templates fill: Data, Annotations or Labels; with a manifest,"
                                + " also the path of a field.")
                @Default(DATA)
                @Nullable String target,
        @JsonPropertyDescription(
                        "How the values made are decoded: None, Base64, Base64URL, or Auto, which"
                                + " decodes what it can. Absent: None.")
                @SchemaFrom(type = DecodingStrategy.class)
                @Nullable String valuesDecodingStrategy,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    /** The target that is meant when none is named. */
    public static final String DATA = "Data";

    public TemplateFrom {
        unknown = Absent.orEmpty(unknown);
    }

    /** The target as written, {@value #DATA} where absent; compared without regard to case. */
    public String targetOrDefault() {
        return Absent.or(target, DATA);
    }

    /** The objects that it takes templates from. */
    public List<TemplateSource> sources() {
        var sources = new ArrayList<TemplateSource>();
        if (configMap != null) {
            sources.add(new TemplateSource(TemplateSource.Kind.ConfigMap, configMap.name()));
        }
        if (secret != null) {
            sources.add(new TemplateSource(TemplateSource.Kind.Secret, secret.name()));
        }
        return List.copyOf(sources);
    }

    public DecodingStrategy valuesDecodingStrategyOrDefault() {
        return Absent.or(valuesDecodingStrategy, DecodingStrategy.None);
    }

    /** An object that holds templates, in the namespace of the ExternalSecret. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TemplateRef(
            @JsonPropertyDescription("Name of the ConfigMap or Secret.")
                    @Required
                    @Pattern(Names.OBJECT)
                    @Size(min = 1, max = Names.OBJECT_MAX)
                    String name,
            @JsonPropertyDescription("Keys that hold templates.") @Required
                    List<TemplateItem> items,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public TemplateRef {
            name = Absent.orEmpty(name);
            items = Absent.orEmpty(items);
            unknown = Absent.orEmpty(unknown);
        }
    }

    /** A key that holds a template. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TemplateItem(
            @JsonPropertyDescription("Key in the ConfigMap or Secret.")
                    @Required
                    @Pattern(Names.KEY)
                    @Size(min = 1, max = Names.KEY_MAX)
                    String key,
            @JsonPropertyDescription(
                            "Values: the template makes the value of this key. KeysAndValues: it"
                                    + " makes a YAML map of keys and values.")
                    @Default("Values")
                    @SchemaFrom(type = TemplateAs.class)
                    @Nullable String templateAs,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public TemplateItem {
            key = Absent.orEmpty(key);
            unknown = Absent.orEmpty(unknown);
        }

        public TemplateAs templateAsOrDefault() {
            return Absent.or(templateAs, TemplateAs.Values);
        }
    }
}
