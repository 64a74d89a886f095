package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.CREDENTIALS;
import static dev.lockstep.operator.Sandbox.DATA;
import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import dev.lockstep.api.SecretStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which store an ExternalSecret reads from, and whether it may. */
class StoreUseTest {
    private static final String TEAM = "team-a";
    private static final String CLUSTER_STORE =
            "secretStoreRef: {name: shared, kind: ClusterSecretStore}";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aNamespaceThatIsLabelledLater_isAdmittedThen() {
        useSharedStore("\n  conditions: [{namespaceSelector: {matchLabels: {tenant: \"yes\"}}}]");
        assertThat(awaitReady("StoreDenied").message()).contains(TEAM, "spec.conditions");
        assertThat(sandbox.operator().data(TEAM, NAME)).isEmpty();

        sandbox.apply(
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: team-a, labels: {tenant: \"yes\"}}");

        awaitReady("SecretSynced");
    }

    @Test
    void credentialsThatAClusterStoreLeavesToTheNamespace_areTakenFromThere() {
        useSharedStore("");
        assertThat(awaitReady("CredentialsMissing").message()).contains("aws-credentials", TEAM);

        sandbox.apply(CREDENTIALS.replace("namespace: default", "namespace: " + TEAM));

        awaitReady("SecretSynced");
        assertThat(sandbox.operator().data(TEAM, NAME)).contains(DATA);
    }

    private void useSharedStore(String conditions) {
        sandbox.create(KEY, "{\"password\": \"first\"}");
        if (!conditions.isEmpty()) {
            sandbox.apply(CREDENTIALS.replace("namespace: default", "namespace: " + TEAM));
        }
        sandbox.apply(
                Sandbox.store("")
                                .replace("kind: SecretStore", "kind: ClusterSecretStore")
                                .replace("{name: aws, namespace: default}", "{name: shared}")
                                .stripTrailing()
                        + conditions);
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD + "\n" + CLUSTER_STORE)
                        .replace("namespace: default", "namespace: " + TEAM));
    }

    private Condition awaitReady(String reason) {
        return sandbox.operator().awaitExternalSecret(TEAM, NAME, "Ready", reason);
    }

    @Test
    void aStoreThatIsGone_isSaid_theSecretStays_andItIsFollowedWhenTheStoreIsBack() {
        sandbox.inStep();
        sandbox.client()
                .resources(SecretStore.class)
                .inNamespace("default")
                .withName("aws")
                .delete();
        assertThat(sandbox.awaitReady("StoreNotFound").message()).contains("SecretStore aws");
        assertThat(sandbox.data()).isEqualTo(DATA);

        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.apply(Sandbox.store(""));

        sandbox.awaitData(Map.of("password", "second"));
        sandbox.awaitReady("SecretSynced");
    }

    @Test
    void anotherStoreOfTheSameSecret_isReadFrom() {
        sandbox.inStep();
        sandbox.apply(Sandbox.store("prefix: other/").replace("{name: aws,", "{name: prefixed,"));
        sandbox.create("other/" + KEY, "{\"password\": \"others\"}");
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\nsecretStoreRef: {name: prefixed}"));
        sandbox.awaitData(Map.of("password", "others"));
    }

    @Test
    void aForeignManagersStore_takesEveryWriteAway_evenOfStatus() {
        sandbox.inStep();
        sandbox.apply(
                Sandbox.store("")
                        .replace("{name: aws,", "{name: foreign,")
                        .replace("spec:\n", "spec:\n  controller: eso\n"));
        sandbox.apply(
                externalSecret(
                        """
                        data:
                          - {secretKey: password, remoteRef: {key: prod/database, property: password}}
                          - {secretKey: more, remoteRef: {key: prod/more}, sourceRef: {storeRef: {name: foreign}}}
                        """));
        var status = sandbox.status();
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD)
                        .replace("metadata: {name: database,", "metadata: {name: witness,"));
        sandbox.operator().awaitData("default", "witness", Map.of("password", "second"));
        assertThat(sandbox.data()).isEqualTo(DATA);
        assertThat(sandbox.status()).isEqualTo(status);
    }
}
