package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.Store;
import dev.lockstep.sync.StoreReferences.Name;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class StoreReferencesTest {
    private static final String KEYS =
            """
            secretRef:
              accessKeyIDSecretRef: {name: keys, key: id}
              secretAccessKeySecretRef: {name: more-keys, key: secret}
            """;
    private static final String KEYS_THERE =
            """
            secretRef:
              accessKeyIDSecretRef: {name: keys, namespace: vault, key: id}
              secretAccessKeySecretRef: {name: keys, namespace: vault, key: secret}
            """;
    private static final String ACCOUNT = "jwt: {serviceAccountRef: {name: reader}}";
    private static final String ACCOUNT_THERE =
            "jwt: {serviceAccountRef: {name: reader, namespace: vault}}";

    @Test
    void aStoresSecrets_areThoseOfItsNamespace() {
        assertThat(StoreReferences.toSecrets(store(KEYS), "team"))
                .containsExactlyInAnyOrder(new Name("team", "keys"), new Name("team", "more-keys"));
        assertThat(StoreReferences.toSecret(store(KEYS), "team", "more-keys")).isTrue();
        assertThat(StoreReferences.toSecret(store(KEYS), "other", "keys")).isFalse();
        assertThat(StoreReferences.toSecret(store(KEYS), "team", "else")).isFalse();
    }

    @Test
    void aClusterStoresSecretsWithoutNamespace_mayBeAnywhere() {
        assertThat(StoreReferences.toSecret(clusterStore(KEYS), "anywhere", "keys")).isTrue();
        assertThat(StoreReferences.toSecrets(clusterStore(KEYS), "team"))
                .contains(new Name("team", "keys"));
        assertThat(StoreReferences.toSecrets(clusterStore(KEYS), "")).isEmpty();
    }

    @Test
    void aClusterStoresSecretsWithNamespace_areThere() {
        var store = clusterStore(KEYS_THERE);
        assertThat(StoreReferences.toSecrets(store, "team"))
                .containsExactly(new Name("vault", "keys"));
        assertThat(StoreReferences.toSecret(store, "vault", "keys")).isTrue();
        assertThat(StoreReferences.toSecret(store, "team", "keys")).isFalse();
    }

    @Test
    void aServiceAccount_isFoundInTheNamespaceThatIsMeant() {
        assertThat(StoreReferences.toServiceAccount(store(ACCOUNT), "team", "reader")).isTrue();
        assertThat(StoreReferences.toServiceAccount(store(ACCOUNT), "other", "reader")).isFalse();
        assertThat(StoreReferences.toServiceAccount(store(KEYS), "team", "reader")).isFalse();
        assertThat(StoreReferences.toServiceAccount(clusterStore(ACCOUNT), "any", "reader"))
                .isTrue();
        assertThat(StoreReferences.toServiceAccount(clusterStore(ACCOUNT_THERE), "any", "reader"))
                .isFalse();
    }

    @Test
    void onlyAClusterStoreWithoutNamespaces_dependsOnTheExternalSecrets() {
        assertThat(StoreReferences.dependOnNamespace(clusterStore(KEYS))).isTrue();
        assertThat(StoreReferences.dependOnNamespace(clusterStore(ACCOUNT))).isTrue();
        assertThat(StoreReferences.dependOnNamespace(clusterStore(KEYS_THERE))).isFalse();
        assertThat(StoreReferences.dependOnNamespace(clusterStore(ACCOUNT_THERE))).isFalse();
        assertThat(StoreReferences.dependOnNamespace(store(KEYS))).isFalse();
    }

    private static Store store(String auth) {
        return Serialization.unmarshal(yaml("SecretStore", auth), SecretStore.class);
    }

    private static Store clusterStore(String auth) {
        return Serialization.unmarshal(yaml("ClusterSecretStore", auth), ClusterSecretStore.class);
    }

    private static String yaml(String kind, String auth) {
        return """
        apiVersion: external-secrets.io/v1
        kind: %s
        metadata: {name: aws%s}
        spec:
          provider:
            aws:
              service: SecretsManager
              region: eu-central-1
              auth:
        """
                        .formatted(kind, kind.equals("SecretStore") ? ", namespace: team" : "")
                + auth.indent(8);
    }
}
