package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change to the keys of a dataFrom entry: exactly one of merge, regexp and transform. */
@ValidationRule(
        value =
                "has(self.merge) ? !has(self.regexp) && !has(self.transform)"
                        + " : has(self.regexp) != has(self.transform)",
        message =
                "set exactly one of merge, regexp and transform: each step is an entry of its own")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rewrite(
        @JsonPropertyDescription("Joins the keys of several JSON values.") @Nullable Merge merge,
        @JsonPropertyDescription("Replaces what a regular expression matches.")
                @Nullable Regexp regexp,
        @JsonPropertyDescription("Runs a template on each key.") @Nullable Transform transform,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public Rewrite {
        unknown = Absent.orEmpty(unknown);
    }

    /** Joins the properties of several JSON values. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Merge(
            @JsonPropertyDescription("Key of the joined document; needed for strategy JSON.")
                    @Default("\"\"")
                    @Nullable String into,
            @JsonPropertyDescription("Keys whose properties win, the last one most.")
                    List<String> priority,
            @JsonPropertyDescription(
                            "IgnoreNotFound allows priority keys that do not exist. Absent:"
                                    + " Strict.")
                    @Default("Strict")
                    @SchemaFrom(type = PriorityPolicy.class)
                    @Nullable String priorityPolicy,
            @JsonPropertyDescription(
                            "What two equal properties mean: Error, or Ignore, where the later"
                                    + " key wins.")
                    @Default("Error")
                    @SchemaFrom(type = ConflictPolicy.class)
                    @Nullable String conflictPolicy,
            @JsonPropertyDescription(
                            "Extract makes each property a key, JSON puts them into one document.")
                    @Default("Extract")
                    @SchemaFrom(type = MergeStrategy.class)
                    @Nullable String strategy,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Merge {
            priority = Absent.orEmpty(priority);
            unknown = Absent.orEmpty(unknown);
        }

        public PriorityPolicy priorityPolicyOrDefault() {
            return Absent.or(priorityPolicy, PriorityPolicy.Strict);
        }

        public ConflictPolicy conflictPolicyOrDefault() {
            return Absent.or(conflictPolicy, ConflictPolicy.Error);
        }

        public MergeStrategy strategyOrDefault() {
            return Absent.or(strategy, MergeStrategy.Extract);
        }
    }

    /** Replaces what a regular expression matches. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Regexp(
            @JsonPropertyDescription("Regular expression, in RE2 syntax.") @Required String source,
            @JsonPropertyDescription("Replacement; $1 or ${name} stand for groups.") @Required
                    String target,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Regexp {
            source = Absent.orEmpty(source);
            target = Absent.orEmpty(target);
            unknown = Absent.orEmpty(unknown);
        }
    }

    /** Runs a template on each key. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Transform(
            @JsonPropertyDescription("Template; .value is the key.") @Required String template,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Transform {
            template = Absent.orEmpty(template);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
