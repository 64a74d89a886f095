package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Where requests go, without anything going there. */
class AwsClientsTest {
    private static final List<String> SYSTEM_PROPERTIES =
            List.of("aws.useFipsEndpoint", "aws.useDualstackEndpoint");

    private final RecordingHttp http = new RecordingHttp();

    @AfterEach
    void forgetSystemProperties() {
        SYSTEM_PROPERTIES.forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1,      false, false, secretsmanager.eu-west-1.amazonaws.com, sts.eu-west-1.amazonaws.com",
        "us-east-1,      false, false, secretsmanager.us-east-1.amazonaws.com, sts.us-east-1.amazonaws.com",
        "cn-north-1,     false, false, secretsmanager.cn-north-1.amazonaws.com.cn, sts.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1,  false, false, secretsmanager.us-gov-west-1.amazonaws.com, sts.us-gov-west-1.amazonaws.com",
        "eusc-de-east-1, false, false, secretsmanager.eusc-de-east-1.amazonaws.eu, sts.eusc-de-east-1.amazonaws.eu",
        "us-east-1,      true,  false, secretsmanager-fips.us-east-1.amazonaws.com, sts-fips.us-east-1.amazonaws.com",
        "eu-west-1,      false, true,  secretsmanager.eu-west-1.amazonaws.com, sts.eu-west-1.api.aws",
        "us-east-1,      true,  true,  secretsmanager-fips.us-east-1.amazonaws.com, sts-fips.us-east-1.api.aws",
    })
    void endpoint_isOfRegionPartitionAndTheSdksSwitches(
            String region, boolean fips, boolean dualStack, String secretsManager, String sts) {
        System.setProperty("aws.useFipsEndpoint", "" + fips);
        System.setProperty("aws.useDualstackEndpoint", "" + dualStack);

        call(clients(Map.of()), region);

        assertThat(http.hosts).containsExactly(secretsManager, sts);
    }

    @Test
    void overrides_areEachServicesOwn() {
        call(
                clients(
                        Map.of(
                                AwsEndpoint.SECRETS_MANAGER, URI.create("https://vpce-sm.example"),
                                AwsEndpoint.STS, URI.create("https://vpce-sts.example"))),
                "eu-west-1");

        assertThat(http.hosts).containsExactly("vpce-sm.example", "vpce-sts.example");
    }

    @Test
    void clients_areSharedByRegionAndRetries() {
        var clients = clients(Map.of());

        var one = clients.secretsManager("eu-west-1", Retries.STANDARD);

        assertThat(clients.secretsManager("eu-west-1", Retries.STANDARD)).isSameAs(one);
        assertThat(clients.secretsManager("eu-west-2", Retries.STANDARD)).isNotSameAs(one);
    }

    @Test
    void requestWithoutAnIdentity_isNeverSignedAsTheOperator() {
        var clients = clients(Map.of());

        assertThatThrownBy(
                        () ->
                                clients.secretsManager("eu-west-1", Retries.STANDARD)
                                        .listSecrets(r -> {}))
                .hasStackTraceContaining(RecordingHttp.STOP);
        assertThat(http.signed).containsExactly(false);
    }

    private static void call(AwsClients clients, String region) {
        var anyone = StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
        assertThatThrownBy(
                        () ->
                                clients.secretsManager(region, Retries.STANDARD)
                                        .listSecrets(
                                                r ->
                                                        r.overrideConfiguration(
                                                                o ->
                                                                        o.credentialsProvider(
                                                                                anyone))))
                .hasStackTraceContaining(RecordingHttp.STOP);
        assertThatThrownBy(
                        () ->
                                clients.sts(region, Retries.STANDARD)
                                        .assumeRoleWithWebIdentity(
                                                r ->
                                                        r.roleArn("arn:aws:iam::1:role/reader-role")
                                                                .roleSessionName("s.s")
                                                                .webIdentityToken("token")))
                .hasStackTraceContaining(RecordingHttp.STOP);
    }

    private AwsClients clients(Map<AwsEndpoint, URI> overrides) {
        return new AwsClients(new AwsOptions("kubernetes"), overrides, http, Ticker.systemTicker());
    }

    /** Remembers hosts and lets nothing out. */
    private static final class RecordingHttp implements SdkHttpClient {
        static final String STOP = "no request leaves this test";
        final List<String> hosts = new CopyOnWriteArrayList<>();
        final List<Boolean> signed = new CopyOnWriteArrayList<>();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            hosts.add(request.httpRequest().host());
            signed.add(request.httpRequest().firstMatchingHeader("Authorization").isPresent());
            throw new IllegalStateException(STOP);
        }

        @Override
        public void close() {}
    }
}
