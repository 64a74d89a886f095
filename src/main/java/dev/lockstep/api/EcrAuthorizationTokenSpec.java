package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose access to which registries. */
@JsonClassDescription("Whose access to which registries.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EcrAuthorizationTokenSpec(
        @JsonPropertyDescription("The AWS region of the registry.") @Required String region,
        @JsonPropertyDescription(
                        "Where the credentials come from. Absent: the operator's own (its"
                                + " ServiceAccount's role, EKS Pod Identity, environment).")
                @Nullable AwsAuth auth,
        @JsonPropertyDescription("ARN of a role to assume.") @Nullable String role,
        @JsonPropertyDescription(
                        "public for the public registry, anything else for the account's own.")
                @Nullable String scope,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    private static final String PUBLIC = "public";

    static final EcrAuthorizationTokenSpec EMPTY =
            new EcrAuthorizationTokenSpec("", null, null, null, Map.of());

    public EcrAuthorizationTokenSpec {
        region = Absent.orEmpty(region);
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.ECRAuthorizationToken;
    }

    @Override
    public String field() {
        return "ecrAuthorizationTokenSpec";
    }

    public boolean ofPublicRegistry() {
        return PUBLIC.equals(scope);
    }
}
