package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharingClonerTest {
    private final SharingCloner cloner = new SharingCloner(new KubernetesSerialization());

    static Stream<HasMetadata> resources() {
        return Stream.of(
                read(
                        ExternalSecret.class,
                        "spec: {secretStoreRef: {name: aws}, refreshInterval: 5m, unheardOf: 1}"
                                + "\nstatus: {refreshTime: \"2026-01-01T00:00:00Z\"}"),
                read(SecretStore.class, "spec: {provider: {aws: {region: eu-central-1}}}"),
                read(ClusterSecretStore.class, "spec: {controller: other}"),
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("name")
                        .addToLabels("a", "b")
                        .endMetadata()
                        .build());
    }

    private static <R> R read(Class<R> type, String yaml) {
        return Serialization.unmarshal(
                "metadata: {name: name, namespace: default, uid: u, labels: {a: b}, "
                        + "finalizers: [f], managedFields: [{manager: m, operation: Apply}]}\n"
                        + yaml,
                type);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aCopy_saysTheSame_andIsNoWayToTheOriginalsMetadata(HasMetadata original) {
        var before = Serialization.asJson(original);

        var copy = cloner.clone(original);

        assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
        assertThat(Serialization.asJson(copy)).isEqualTo(before);
        copy.getMetadata().setLabels(Map.of("a", "other"));
        copy.getMetadata().setName("other");
        assertThat(Serialization.asJson(original)).isEqualTo(before);
    }
}
