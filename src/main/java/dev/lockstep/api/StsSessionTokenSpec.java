package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose session, and for how long. */
@JsonClassDescription("Whose session, and for how long.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StsSessionTokenSpec(
        @JsonPropertyDescription("The AWS region whose STS is asked.") @Required String region,
        @JsonPropertyDescription(
                        "Where the credentials come from: those of an IAM user, as STS gives no"
                                + " session to a role.")
                @Nullable AwsAuth auth,
        @JsonPropertyDescription("ARN of a role to assume.") @Nullable String role,
        @JsonPropertyDescription("What STS is asked for.")
                @Nullable RequestParameters requestParameters,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    static final StsSessionTokenSpec EMPTY =
            new StsSessionTokenSpec("", null, null, null, Map.of());

    public StsSessionTokenSpec {
        region = Absent.orEmpty(region);
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.STSSessionToken;
    }

    @Override
    public String field() {
        return "stsSessionTokenSpec";
    }

    /** The parameters, all absent where there are none. */
    public RequestParameters parameters() {
        return requestParameters == null ? RequestParameters.NONE : requestParameters;
    }

    /** What STS is asked for. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RequestParameters(
            @JsonPropertyDescription(
                            "Seconds that the session lasts, 900 to 129600. Absent: 43200.")
                    @Nullable Integer sessionDuration,
            @JsonPropertyDescription("Serial number or ARN of the user's MFA device.")
                    @Nullable String serialNumber,
            @JsonPropertyDescription("The code that the MFA device shows, good for one session.")
                    @Nullable String tokenCode,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        static final RequestParameters NONE = new RequestParameters(null, null, null, Map.of());

        public RequestParameters {
            unknown = Absent.orEmpty(unknown);
        }

        public String serialNumberOrEmpty() {
            return Absent.orEmpty(serialNumber);
        }

        public String tokenCodeOrEmpty() {
            return Absent.orEmpty(tokenCode);
        }
    }
}
