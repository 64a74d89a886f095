package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the credentials come from; with neither, the operator's own are used. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsAuth(
        @JsonPropertyDescription("Access keys that are kept in Secrets.")
                @Nullable AwsSecretRef secretRef,
        @JsonPropertyDescription("A token of a ServiceAccount, changed for a role's credentials.")
                @Nullable AwsJwt jwt,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public AwsAuth {
        unknown = Absent.orEmpty(unknown);
    }

    /** Access keys that are kept in Secrets. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AwsSecretRef(
            @JsonPropertyDescription("The access key id.")
                    @Nullable SecretKeySelector accessKeyIDSecretRef,
            @JsonPropertyDescription("The secret access key.")
                    @Nullable SecretKeySelector secretAccessKeySecretRef,
            @JsonPropertyDescription("The session token, for temporary credentials.")
                    @Nullable SecretKeySelector sessionTokenSecretRef,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public AwsSecretRef {
            unknown = Absent.orEmpty(unknown);
        }
    }

    /** A token of a ServiceAccount. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AwsJwt(
            @JsonPropertyDescription(
                            "The ServiceAccount; its annotation eks.amazonaws.com/role-arn names"
                                    + " the role.")
                    @Nullable ServiceAccountSelector serviceAccountRef,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public AwsJwt {
            unknown = Absent.orEmpty(unknown);
        }
    }
}
