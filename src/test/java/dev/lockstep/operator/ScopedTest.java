package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.DATA;
import static dev.lockstep.operator.Sandbox.PASSWORD;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sandbox.RunningOperator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator that serves some namespaces only. */
class ScopedTest {
    private static final Map<String, String> SCOPE = Map.of("namespaces", "default,team-a");

    private final Sandbox sandbox = Sandbox.start(SCOPE);

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
    void aClusterGenerator_isRefusedByName_andLeavesTheSecretAsItIs() {
        sandbox.inStep();

        sandbox.apply(externalSecret(GeneratorsTest.from("ClusterGenerator", "shared")));

        assertThat(sandbox.awaitReady("NotSupported").message())
                .contains("ClusterGenerator shared", "single namespaces only");
        assertThat(sandbox.data()).isEqualTo(DATA);
    }

    @Test
    void afterARestart_theSecretsOfEachNamespace_areStillWatched() {
        sandbox.inStep();
        sandbox.apply(inTeamA(Sandbox.CREDENTIALS));
        sandbox.apply(inTeamA(Sandbox.store("")));
        sandbox.apply(inTeamA(externalSecret(PASSWORD)));
        sandbox.operator().awaitData("team-a", Sandbox.NAME, DATA);
        sandbox.operator().close();

        try (var restarted =
                RunningOperator.start(
                        sandbox.client(),
                        sandbox.kubernetes.operatorConfig(),
                        sandbox.aws.endpoint(),
                        SCOPE)) {
            for (var namespace : List.of("default", "team-a")) {
                sandbox.client().secrets().inNamespace(namespace).withName(Sandbox.NAME).delete();
                restarted.awaitData(namespace, Sandbox.NAME, DATA);
            }
            assertThat(restarted.informers("externalsecret"))
                    .as("informers that share an item store take each other's Secrets from it")
                    .contains("secrets/default", "secrets/team-a");
        }
    }

    private static String inTeamA(String yaml) {
        return yaml.replace("namespace: default", "namespace: team-a");
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
