package dev.lockstep.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kinds that a generator reference can name, with the type of those that Lockstep serves. */
public enum GeneratorKind {
    ACRAccessToken(null),
    BeyondtrustWorkloadCredentialsDynamicSecret(null),
    ClusterGenerator(ClusterGenerator.class),
    CloudsmithAccessToken(null),
    ECRAuthorizationToken(EcrAuthorizationToken.class),
    Fake(FakeGenerator.class),
    GCRAccessToken(null),
    GithubAccessToken(null),
    GitlabDeployToken(null),
    QuayAccessToken(null),
    Password(PasswordGenerator.class),
    SSHKey(SshKeyGenerator.class),
    STSSessionToken(StsSessionToken.class),
    UUID(UuidGenerator.class),
    VaultDynamicSecret(null),
    Webhook(null),
    Grafana(null),
    MFA(null);

    private final @Nullable Class<? extends Generator> type;

    GeneratorKind(@Nullable Class<? extends Generator> type) {
        this.type = type;
    }

    /** The type of its resources; empty for a kind that Lockstep does not serve. */
    public Optional<Class<? extends Generator>> type() {
        return Optional.ofNullable(type);
    }
}
