package dev.lockstep.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Service clients over one shared HTTP client: one per service, region and retry settings, since a
 * client costs 17 KiB and credentials per request under one.
 *
 * <p>Without credentials of its own: a request that somebody forgot to give an identity's must fail
 * rather than be made as the operator.
 *
 * <p>What the admin sets from outside:
 *
 * <ul>
 *   <li>FIPS and dual-stack endpoints: {@code AWS_USE_FIPS_ENDPOINT}, {@code
 *       AWS_USE_DUALSTACK_ENDPOINT}, read by the SDK (not together with endpoint overrides);
 *   <li>a proxy: {@code HTTPS_PROXY}, {@code NO_PROXY}, or the JVM's {@code https.proxyHost};
 *   <li>a private CA: the JVM's trust store, as by {@code
 *       JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=<file>}.
 * </ul>
 */
final class AwsClients implements AutoCloseable {
    /** Well above the operator's worker threads, so that none waits for a connection. */
    private static final int CONNECTIONS = 100;

    private final AwsOptions options;
    private final Map<AwsEndpoint, URI> overrides;
    private final SdkHttpClient http;
    private final Cache<Key, SecretsManagerClient> secretsManagers;
    private final Cache<Key, SsmClient> ssms;
    private final Cache<Key, StsClient> stss;

    AwsClients(
            AwsOptions options,
            Map<AwsEndpoint, URI> overrides,
            SdkHttpClient http,
            Ticker ticker) {
        this.options = options;
        this.overrides = Map.copyOf(overrides);
        this.http = http;
        this.secretsManagers = closingCache(options, ticker);
        this.ssms = closingCache(options, ticker);
        this.stss = closingCache(options, ticker);
    }

    static SdkHttpClient httpClient() {
        return Apache5HttpClient.builder().maxConnections(CONNECTIONS).build();
    }

    SecretsManagerClient secretsManager(String region, Retries retries) {
        return secretsManagers.get(
                new Key(region, retries),
                key -> build(SecretsManagerClient.builder(), key, AwsEndpoint.SECRETS_MANAGER));
    }

    SsmClient ssm(String region, Retries retries) {
        return ssms.get(
                new Key(region, retries), key -> build(SsmClient.builder(), key, AwsEndpoint.SSM));
    }

    StsClient sts(String region, Retries retries) {
        return stss.get(
                new Key(region, retries), key -> build(StsClient.builder(), key, AwsEndpoint.STS));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, Key key, AwsEndpoint endpoint) {
        var override = overrides.get(endpoint);
        if (override != null) {
            builder.endpointOverride(override);
        }
        return builder.region(Region.of(key.region()))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(
                        o ->
                                o.retryStrategy(key.retries().strategy())
                                        .apiCallAttemptTimeout(options.attemptTimeout())
                                        .apiCallTimeout(
                                                options.callTimeout()
                                                        .plus(key.retries().waiting())))
                .build();
    }

    private static <C extends SdkAutoCloseable> Cache<Key, C> closingCache(
            AwsOptions options, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterAccess(options.identityIdle())
                .ticker(ticker)
                .executor(Runnable::run)
                .evictionListener(
                        (@Nullable Key key, @Nullable C client, RemovalCause why) -> close(client))
                .build();
    }

    private static void close(@Nullable SdkAutoCloseable client) {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() {
        secretsManagers.asMap().values().forEach(SdkAutoCloseable::close);
        ssms.asMap().values().forEach(SdkAutoCloseable::close);
        stss.asMap().values().forEach(SdkAutoCloseable::close);
        http.close();
    }

    /** Tenants choose both, so clients that nobody uses any more are closed. */
    private record Key(String region, Retries retries) {}
}
