package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                ExternalSecret.class,
                ClusterExternalSecret.class,
                SecretStore.class,
                ClusterSecretStore.class
            })
    void managedFields_areNotKept_andTheRestIs(Class<? extends HasMetadata> kind) {
        var read =
                Serialization.unmarshal(
                        """
                        metadata:
                          name: name
                          uid: uid
                          resourceVersion: "7"
                          generation: 2
                          labels: {a: b}
                          finalizers: [f]
                          managedFields:
                            - manager: kubectl
                              operation: Apply
                              fieldsV1: {"f:spec": {"f:data": {}}}
                        """,
                        kind);

        var metadata = read.getMetadata();
        assertThat(metadata.getManagedFields()).isEmpty();
        assertThat(metadata.getAdditionalProperties()).isEmpty();
        assertThat(metadata.getUid()).isEqualTo("uid");
        assertThat(metadata.getResourceVersion()).isEqualTo("7");
        assertThat(metadata.getGeneration()).isEqualTo(2);
        assertThat(metadata.getLabels()).containsEntry("a", "b");
        assertThat(metadata.getFinalizers()).containsExactly("f");
    }
}
