package dev.lockstep.sandbox.demo;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The AWS account of the demo, as its admin has it in hand. */
final class Account implements AutoCloseable {

    static final String ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /** What only the admin asks for: it is not the operator's. */
    private static final Set<String> OF_THE_ADMIN = Set.of("CreateSecret", "PutSecretValue");

    private final Supplier<Map<String, Integer>> calls;
    private final SecretsManagerClient client;

    /**
     * @param calls how often each operation was called on that endpoint, by anybody
     */
    Account(URI endpoint, String region, Supplier<Map<String, Integer>> calls) {
        this.calls = calls;
        var noProxy =
                ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build();
        client =
                SecretsManagerClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.of(region))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                ACCESS_KEY_ID, SECRET_ACCESS_KEY)))
                        .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(noProxy))
                        .build();
    }

    /** Returns the id of its first version. */
    String create(String name, String value) {
        return client.createSecret(request -> request.name(name).secretString(value)).versionId();
    }

    /** Returns the id of the new version, AWSCURRENT from now on. */
    String rotate(String name, String value) {
        return client.putSecretValue(request -> request.secretId(name).secretString(value))
                .versionId();
    }

    /** How often the operator called each operation. */
    Map<String, Integer> callsOfOperator() {
        var ofOperator = new TreeMap<>(calls.get());
        ofOperator.keySet().removeAll(OF_THE_ADMIN);
        return ofOperator;
    }

    @Override
    public void close() {
        client.close();
    }
}
