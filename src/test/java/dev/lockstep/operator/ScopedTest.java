package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.DATA;
import static dev.lockstep.operator.Sandbox.PASSWORD;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.ExternalSecret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator that serves some namespaces only. */
class ScopedTest {
    private final Sandbox sandbox = Sandbox.start(Map.of("namespaces", "default,team-a"));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void whatIsInItsNamespaces_isServed_andOthersAreLeftAlone() {
        sandbox.apply(
                externalSecret(PASSWORD).replace("namespace: default", "namespace: elsewhere"));
        sandbox.inStep();

        sandbox.rotate("{\"password\": \"second\"}");

        sandbox.awaitData(Map.of("password", "second"));
        assertThat(
                        sandbox.client()
                                .resources(ExternalSecret.class)
                                .inNamespace("elsewhere")
                                .withName(Sandbox.NAME)
                                .get()
                                .status()
                                .conditions())
                .isEmpty();
    }

    @Test
    void aClusterSecretStore_isNotSupported_andTheSecretStays() {
        sandbox.inStep();
        sandbox.apply(
                Sandbox.store("")
                        .replace("kind: SecretStore", "kind: ClusterSecretStore")
                        .replace("{name: aws, namespace: default}", "{name: shared}"));

        sandbox.apply(
                externalSecret(
                        PASSWORD + "\nsecretStoreRef: {name: shared, kind: ClusterSecretStore}"));

        assertThat(sandbox.awaitReady("NotSupported").message())
                .contains("ClusterSecretStore/shared", "lockstep.namespaces", "SecretStore");
        assertThat(sandbox.data()).isEqualTo(DATA);
        assertThat(
                        sandbox.client()
                                .resources(ClusterSecretStore.class)
                                .withName("shared")
                                .get()
                                .status()
                                .conditions())
                .as("nobody watches it")
                .isEmpty();
    }
}
