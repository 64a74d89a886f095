package dev.lockstep.cluster;

import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sync.DesiredSecretBuilder;
import dev.lockstep.sync.WriteFailure;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server says, and what of it reaches people. */
@RealApiServer
class SecretWriterFailuresTest {
    private static final String CANARY = "canary-19c4";

    private final KubeApiServer server;
    private final KubernetesClient admin;
    private TestNamespace namespace;

    SecretWriterFailuresTest(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
    }

    @BeforeEach
    void newNamespace() {
        namespace = TestNamespace.create(admin);
    }

    @Test
    void withoutTheRight_itNamesUserVerbAndResource() {
        var user = "system:serviceaccount:" + namespace.name() + ":lockstep";

        assertThat(refusedTo(server.configFor(user), desired()))
                .isEqualTo(
                        new WriteFailure(
                                Reason.API_DENIED,
                                "Secret %s/db cannot be written: User \"%s\" cannot create resource \"secrets\" in API group \"\" in the namespace \"%s\"; grant that verb to the operator's role"
                                        .formatted(namespace.name(), user, namespace.name())));
    }

    @Test
    void inANamespaceThatIsBeingDeleted_nothingIsMade_andWaitingDoesNotHelp() {
        admin.namespaces().withName(namespace.name()).delete();

        var failure = refused(desired());

        assertThat(failure.reason()).isEqualTo(Reason.API_DENIED);
        assertThat(failure.message()).contains("namespace is being deleted");
        assertThat(failure.passing()).isFalse();
    }

    @Test
    void inNoNamespace_itSaysSo() {
        assertThat(refused(aDesiredSecret().in("no-such-namespace")).message())
                .isEqualTo(
                        "Secret no-such-namespace/db cannot be written: its namespace does not exist");
    }

    @Test
    void aMissingKeyOfItsType_isNamed() {
        var failure = refused(desired().type("kubernetes.io/tls"));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPEC);
        assertThat(failure.message()).contains("data[tls.crt]");
    }

    @Test
    void contentThatTheApiServerQuotes_isLeftOut() {
        var failure =
                refused(
                        desired()
                                .type("kubernetes.io/dockerconfigjson")
                                .data(Map.of(".dockerconfigjson", CANARY)));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPEC);
        assertThat(failure.message())
                .contains("data[.dockerconfigjson]")
                .doesNotContain(CANARY, "'c'");
    }

    @Test
    void aLabelRenderedFromAValue_isLeftOut() {
        var failure =
                refused(
                        desired()
                                .data(Map.of("password", CANARY))
                                .labels(Map.of("app", "!" + CANARY)));

        assertThat(failure.message()).contains("metadata.labels").doesNotContain(CANARY);
    }

    @Test
    void whenNobodyAnswers_itPasses() {
        var nowhere =
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build();

        var failure = refusedTo(nowhere, desired());

        assertThat(failure.passing()).isTrue();
        assertThat(failure.message()).contains("connection refused");
    }

    private DesiredSecretBuilder desired() {
        return aDesiredSecret().in(namespace.name());
    }

    private WriteFailure refused(DesiredSecretBuilder desired) {
        return refused(admin, desired);
    }

    private static WriteFailure refusedTo(Config config, DesiredSecretBuilder desired) {
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            return refused(client, desired);
        }
    }

    private static WriteFailure refused(KubernetesClient client, DesiredSecretBuilder desired) {
        var result = new SecretWriter(client).write(desired.build(), Optional.empty());
        assertThat(result).isInstanceOf(WriteResult.Refused.class);
        return ((WriteResult.Refused) result).failure();
    }
}
