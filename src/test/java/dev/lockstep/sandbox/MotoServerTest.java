package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

@Moto
class MotoServerTest {

    @Test
    void aSecret_isThereUntilTheReset(MotoServer moto) {
        try (var secrets = secretsManager(moto)) {
            secrets.createSecret(request -> request.name("app/db").secretString("v1"));
            assertThat(secrets.getSecretValue(request -> request.secretId("app/db")).secretString())
                    .isEqualTo("v1");

            moto.reset();

            assertThatThrownBy(() -> secrets.getSecretValue(request -> request.secretId("app/db")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static SecretsManagerClient secretsManager(MotoServer moto) {
        var anyone = AwsBasicCredentials.create("test", "test");
        return SecretsManagerClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(anyone))
                .build();
    }
}
