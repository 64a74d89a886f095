package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where secrets live and who may read them. Shared by SecretStore and ClusterSecretStore. */
@JsonClassDescription("Where secrets live and who may read them.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretStoreSpec(
        @JsonPropertyDescription(
                        "Class of the operator that serves this store. Empty: the operators of the"
                                + " default class.")
                @Nullable String controller,
        @JsonPropertyDescription("The provider that holds the secrets; exactly one.") @Required
                StoreProvider provider,
        @JsonPropertyDescription("How failed calls to the provider are repeated.")
                @Nullable RetrySettings retrySettings,
        @JsonPropertyDescription(
                        "How often the store is validated: seconds, or a duration such as 5m."
                                + " Absent, zero or less: the operator's setting.")
                @Nullable IntOrString refreshInterval,
        @JsonPropertyDescription(
                        "Namespaces that may use a ClusterSecretStore; one that matches is enough."
                                + " Empty: all.")
                List<StoreCondition> conditions,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    static final SecretStoreSpec EMPTY =
            new SecretStoreSpec(
                    null, new StoreProvider(null, Map.of()), null, null, List.of(), Map.of());

    public SecretStoreSpec {
        provider = provider == null ? new StoreProvider(null, Map.of()) : provider;
        conditions = Absent.orEmpty(conditions);
        unknown = Absent.orEmpty(unknown);
    }

    /** How failed calls are repeated. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RetrySettings(
            @JsonPropertyDescription("How often a call is tried at most, the first try included.")
                    @Nullable Integer maxRetries,
            @JsonPropertyDescription("How long to wait between tries, such as 2s.")
                    @Nullable String retryInterval,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public RetrySettings {
            unknown = Absent.orEmpty(unknown);
        }
    }

    /** Which namespaces match; one of the three is enough. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record StoreCondition(
            @JsonPropertyDescription("Namespaces with these labels.")
                    @Nullable LabelSelector namespaceSelector,
            @JsonPropertyDescription("Namespaces by name.") List<String> namespaces,
            @JsonPropertyDescription(
                            "Namespaces whose whole name matches one of these regular expressions,"
                                    + " in RE2 syntax.")
                    List<String> namespaceRegexes,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public StoreCondition {
            namespaces = Absent.orEmpty(namespaces);
            namespaceRegexes = Absent.orEmpty(namespaceRegexes);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
