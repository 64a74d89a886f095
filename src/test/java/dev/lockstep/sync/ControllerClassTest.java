package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControllerClassTest {

    @ParameterizedTest
    @CsvSource({
        "default, '', true",
        "default, default, true",
        "default, other, false",
        "other, other, true",
        "other, '', false",
        "other, default, false",
    })
    void aClass_servesStoresThatNameIt_andTheDefaultThoseThatNameNone(
            String ours, String stores, boolean served) {
        assertThat(new ControllerClass(ours).serves(store(stores))).isEqualTo(served);
    }

    private static SecretStore store(String controller) {
        var yaml =
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: aws, namespace: team}
                spec: {controller: '%s', provider: {aws: {service: SecretsManager, region: eu-central-1}}}
                """;
        return Serialization.unmarshal(yaml.formatted(controller), SecretStore.class);
    }
}
