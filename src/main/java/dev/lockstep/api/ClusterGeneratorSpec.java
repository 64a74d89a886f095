package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which generator the ExternalSecrets of all namespaces may use. */
@JsonClassDescription("The generator.")
@ValidationRule(
        value = "self.kind != 'ClusterGenerator'",
        message = "a ClusterGenerator cannot hold another one: choose another kind")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterGeneratorSpec(
        @JsonPropertyDescription("Kind of the generator that it holds.")
                @Required
                @SchemaFrom(type = GeneratorKind.class)
                String kind,
        @JsonPropertyDescription(
                        "The generator, under the name of its kind; exactly one. Kinds that"
                                + " Lockstep does not serve are kept as they are.")
                @Required
                Held generator,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    static final ClusterGeneratorSpec EMPTY = new ClusterGeneratorSpec("", Held.NOTHING, Map.of());

    public ClusterGeneratorSpec {
        kind = Absent.orEmpty(kind);
        generator = generator == null ? Held.NOTHING : generator;
        unknown = Absent.orEmpty(unknown);
    }

    /** Exactly one generator. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Held(
            @JsonPropertyDescription("An ECRAuthorizationToken.")
                    @Nullable EcrAuthorizationTokenSpec ecrAuthorizationTokenSpec,
            @JsonPropertyDescription("A Fake.") @Nullable FakeSpec fakeSpec,
            @JsonPropertyDescription("A Password.") @Nullable PasswordSpec passwordSpec,
            @JsonPropertyDescription("An SSHKey.") @Nullable SshKeySpec sshKeySpec,
            @JsonPropertyDescription("An STSSessionToken.")
                    @Nullable StsSessionTokenSpec stsSessionTokenSpec,
            @JsonPropertyDescription("A UUID.") @Nullable UuidSpec uuidSpec,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        static final Held NOTHING = new Held(null, null, null, null, null, null, Map.of());

        public Held {
            unknown = Absent.orEmpty(unknown);
        }

        /** The generator; empty where there is none, or more than one. */
        public Optional<GeneratorSpec> only() {
            var held = all().toList();
            return held.size() == 1 && unknown.isEmpty()
                    ? Optional.of(held.get(0))
                    : Optional.empty();
        }

        private Stream<GeneratorSpec> all() {
            return Stream.<@Nullable GeneratorSpec>of(
                            ecrAuthorizationTokenSpec,
                            fakeSpec,
                            passwordSpec,
                            sshKeySpec,
                            stsSessionTokenSpec,
                            uuidSpec)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull);
        }
    }
}
