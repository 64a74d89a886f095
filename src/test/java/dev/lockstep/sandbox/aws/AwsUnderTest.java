package dev.lockstep.sandbox.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The SDK's clients for an emulator; nothing is repeated, so that every answer is seen. */
interface AwsUnderTest {

    String REGION = "eu-central-1";

    /** Past every proxy: emulators are on loopback. */
    SdkHttpClient HTTP =
            Apache5HttpClient.builder()
                    .proxyConfiguration(
                            ProxyConfiguration.builder()
                                    .useSystemPropertyValues(false)
                                    .useEnvironmentVariableValues(false)
                                    .build())
                    .build();

    AwsCredentials ANYBODY = AwsBasicCredentials.create("AKIDTEST", "secret");

    URI endpoint();

    default SecretsManagerClient secrets() {
        return secrets(ANYBODY, REGION);
    }

    default SecretsManagerClient secrets(AwsCredentials credentials, String region) {
        return SecretsManagerClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(HTTP)
                .build();
    }

    default SsmClient parameters() {
        return SsmClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(ANYBODY))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(HTTP)
                .build();
    }

    default StsClient sts(AwsCredentials credentials) {
        return sts(StaticCredentialsProvider.create(credentials));
    }

    /** For who has nothing but a token. */
    default StsClient unsignedSts() {
        return sts(AnonymousCredentialsProvider.create());
    }

    private StsClient sts(AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(HTTP)
                .build();
    }

    static AwsCredentials sdk(Credentials issued) {
        return AwsSessionCredentials.create(
                issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }

    /** Creates it with that value; the version's id. */
    default String create(String name, String value) {
        return secrets().createSecret(r -> r.name(name).secretString(value)).versionId();
    }

    /** Makes that value the current one; its version's id. */
    default String put(String name, String value) {
        return secrets().putSecretValue(r -> r.secretId(name).secretString(value)).versionId();
    }

    default String value(String id) {
        return secrets().getSecretValue(r -> r.secretId(id)).secretString();
    }

    default boolean isThere(String id) {
        try {
            secrets().describeSecret(r -> r.secretId(id));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }
}
