package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets in AWS. */
@ValidationRule(
        value =
                "!has(self.customSessionTags) || !('esoNamespace' in self.customSessionTags"
                        + " || 'esoStoreName' in self.customSessionTags"
                        + " || 'esoStoreKind' in self.customSessionTags)",
        message =
                "customSessionTags must not have esoNamespace, esoStoreName or esoStoreKind: the"
                        + " operator sets these itself, choose other keys")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsProvider(
        @JsonPropertyDescription("The AWS service that holds the secrets.")
                @Required
                @SchemaFrom(type = AwsService.class)
                String service,
        @JsonPropertyDescription("The AWS region that holds the secrets.") @Required String region,
        @JsonPropertyDescription(
                        "Where the credentials come from. Absent: the operator's own (its"
                                + " ServiceAccount's role, EKS Pod Identity, environment).")
                @Nullable AwsAuth auth,
        @JsonPropertyDescription("ARN of a role to assume, after additionalRoles.")
                @Nullable String role,
        @JsonPropertyDescription("ARNs of roles to assume one after the other, before role.")
                List<String> additionalRoles,
        @JsonPropertyDescription("External id that the trust policy of role asks for.")
                @Nullable String externalID,
        @JsonPropertyDescription("Session tags for role.") List<SessionTag> sessionTags,
        @JsonPropertyDescription("Keys of session tags that later roles of a chain keep.")
                List<String> transitiveTagKeys,
        @JsonPropertyDescription(
                        "None: sessionTags as given. Simple: esoNamespace, esoStoreName and"
                                + " esoStoreKind in their place. Custom: these and"
                                + " customSessionTags. Absent: None.")
                @SchemaFrom(type = SessionTagsPolicy.class)
                @Nullable String sessionTagsPolicy,
        @JsonPropertyDescription("More session tags, for sessionTagsPolicy Custom.")
                Map<String, String> customSessionTags,
        @JsonPropertyDescription("How pushed secrets are deleted.")
                @Nullable SecretsManagerSettings secretsManager,
        @JsonPropertyDescription("Put before every key that is not an ARN.")
                @Nullable String prefix,
        @JsonPropertyDescription("How new versions are noticed, and what that may cost.")
                @Nullable VersionWatch versionWatch,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public AwsProvider {
        service = Absent.orEmpty(service);
        region = Absent.orEmpty(region);
        additionalRoles = Absent.orEmpty(additionalRoles);
        sessionTags = Absent.orEmpty(sessionTags);
        transitiveTagKeys = Absent.orEmpty(transitiveTagKeys);
        customSessionTags = Absent.orEmpty(customSessionTags);
        unknown = Absent.orEmpty(unknown);
    }

    public String prefixOrEmpty() {
        return Absent.orEmpty(prefix);
    }

    public SessionTagsPolicy sessionTagsPolicyOrDefault() {
        return Absent.or(sessionTagsPolicy, SessionTagsPolicy.None);
    }

    public VersionWatch versionWatchOrDefault() {
        return versionWatch == null ? VersionWatch.DEFAULT : versionWatch;
    }

    /** A session tag of an assumed role. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SessionTag(
            @JsonPropertyDescription("Key of the tag.") @Required String key,
            @JsonPropertyDescription("Value of the tag.") @Required String value,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public SessionTag {
            key = Absent.orEmpty(key);
            value = Absent.orEmpty(value);
            unknown = Absent.orEmpty(unknown);
        }
    }

    /** How pushed secrets are deleted. */
    @ValidationRule(
            value =
                    "!has(self.recoveryWindowInDays) || self.recoveryWindowInDays == 0"
                            + " || self.recoveryWindowInDays >= 7 && self.recoveryWindowInDays <= 30",
            message = "recoveryWindowInDays is 7 to 30, or 0 for AWS's default of 30")
    @ValidationRule(
            value =
                    "!has(self.recoveryWindowInDays) || self.recoveryWindowInDays == 0"
                            + " || !has(self.forceDeleteWithoutRecovery)"
                            + " || !self.forceDeleteWithoutRecovery",
            message =
                    "forceDeleteWithoutRecovery and recoveryWindowInDays exclude each other: remove"
                            + " one of them")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecretsManagerSettings(
            @JsonPropertyDescription("Deletes at once, without a recovery window.")
                    boolean forceDeleteWithoutRecovery,
            @JsonPropertyDescription(
                            "Days in which a deleted secret can be restored: 7 to 30; 0 or absent"
                                    + " means 30.")
                    @Nullable Long recoveryWindowInDays,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public SecretsManagerSettings {
            unknown = Absent.orEmpty(unknown);
        }
    }
}
