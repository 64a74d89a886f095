package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class SharedStringsTest {
    private final KubernetesSerialization serialization =
            new KubernetesSerialization(
                    new ObjectMapper().registerModule(SharedStrings.module()), true);

    @Test
    void equalStringsOfExternalSecrets_areOne() {
        var one = externalSecret("one");
        var other = externalSecret("other");

        assertThat(one.getMetadata().getNamespace()).isSameAs(other.getMetadata().getNamespace());
        assertThat(one.spec().refreshInterval()).isSameAs(other.spec().refreshInterval());
        assertThat(one.status().conditions().get(0).reason())
                .isSameAs(other.status().conditions().get(0).reason());
    }

    @Test
    void whatASecretHolds_isNotKept() {
        var one = secret();
        var other = secret();

        assertThat(one.getData().get("password"))
                .isEqualTo("Y2FuYXJ5")
                .isNotSameAs(other.getData().get("password"));
        assertThat(one.getStringData().get("user")).isNotSameAs(other.getStringData().get("user"));
        assertThat(one.getMetadata().getAnnotations().get("last-applied"))
                .as("a copy of the Secret may stand there")
                .isNotSameAs(other.getMetadata().getAnnotations().get("last-applied"));
    }

    private ExternalSecret externalSecret(String name) {
        return serialization.unmarshal(
                """
                {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret",
                 "metadata": {"name": "%s", "namespace": "default"},
                 "spec": {"refreshInterval": "1m"},
                 "status": {"conditions": [
                   {"type": "Ready", "status": "True", "reason": "SecretSynced"}]}}
                """
                        .formatted(name),
                ExternalSecret.class);
    }

    private Secret secret() {
        return serialization.unmarshal(
                """
                {"apiVersion": "v1", "kind": "Secret",
                 "metadata": {"name": "one", "annotations": {"last-applied": "canary"}},
                 "data": {"password": "Y2FuYXJ5"}, "stringData": {"user": "canary"}}
                """,
                Secret.class);
    }
}
