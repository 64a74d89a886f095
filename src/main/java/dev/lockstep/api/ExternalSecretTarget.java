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
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written. */
@ValidationRule(
        value =
                "self.deletionPolicy != 'Delete'"
                        + " || !(self.creationPolicy in ['Merge', 'None', 'CreateOrMerge'])",
        message =
                "deletionPolicy Delete would delete a Secret that this creationPolicy does not"
                        + " own: choose deletionPolicy Retain or Merge, or creationPolicy Owner")
@ValidationRule(
        value = "self.deletionPolicy != 'Merge' || self.creationPolicy != 'None'",
        message =
                "deletionPolicy Merge writes the Secret, and creationPolicy None never does:"
                        + " choose deletionPolicy Retain")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExternalSecretTarget(
        @JsonPropertyDescription("Name of the Secret. Absent: the name of the ExternalSecret.")
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                @Nullable String name,
        @JsonPropertyDescription(
                        "Owner: the Secret is made, owned and deleted with the ExternalSecret."
                                + " Orphan: made, but not owned. Merge: keys are put into a Secret"
                                + " that exists. CreateOrMerge: as Merge, and made where there is"
                                + " none. None: nothing is written.")
                @Default("Owner")
                @SchemaFrom(type = CreationPolicy.class)
                @Nullable String creationPolicy,
        @JsonPropertyDescription(
                        "What happens when every secret is gone at the provider. Retain: the Secret"
                                + " stays and Ready turns False. Delete: the Secret is deleted."
                                + " Merge: its keys are removed, the Secret stays.")
                @Default("Retain")
                @SchemaFrom(type = DeletionPolicy.class)
                @Nullable String deletionPolicy,
        @JsonPropertyDescription("Makes the Secret immutable once written.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean immutable,
        @JsonPropertyDescription("Writes an object of this kind rather than a Secret.")
                @Nullable Manifest manifest,
        @JsonPropertyDescription("Shapes the Secret.") @Nullable Template template,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    /** A target with every field absent. */
    public static final ExternalSecretTarget DEFAULT =
            new ExternalSecretTarget(null, null, null, false, null, null, Map.of());

    public ExternalSecretTarget {
        unknown = Absent.orEmpty(unknown);
    }

    public CreationPolicy creationPolicyOrDefault() {
        return Absent.or(creationPolicy, CreationPolicy.Owner);
    }

    public DeletionPolicy deletionPolicyOrDefault() {
        return Absent.or(deletionPolicy, DeletionPolicy.Retain);
    }

    /** The kind of object to write in place of a Secret. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Manifest(
            @JsonPropertyDescription("API version of the object.") @Required @Size(min = 1)
                    String apiVersion,
            @JsonPropertyDescription("Kind of the object.") @Required @Size(min = 1) String kind,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Manifest {
            apiVersion = Absent.orEmpty(apiVersion);
            kind = Absent.orEmpty(kind);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
