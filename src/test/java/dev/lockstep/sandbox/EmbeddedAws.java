package dev.lockstep.sandbox;

import dev.lockstep.sandbox.aws.AwsApi;
import dev.lockstep.sandbox.aws.Faults;
import dev.lockstep.sandbox.aws.Iam;
import dev.lockstep.sandbox.aws.Listener;
import dev.lockstep.sandbox.aws.MarkedForDeletion;
import dev.lockstep.sandbox.aws.RecordedRequest;
import dev.lockstep.sandbox.aws.RoleRequest;
import dev.lockstep.sandbox.aws.Rotation;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * An AWS inside this JVM, on a free loopback port: Secrets Manager, Parameter Store and STS at one
 * endpoint, ready at once, nothing to install. What it cannot do, {@link dev.lockstep.sandbox.aws}
 * tells; {@link MotoServer} is another's.
 *
 * <p>Any access key is good, and belongs to a user of the account 123456789012; roles assumed are
 * of the account in their ARN. Each account has its own secrets in each region.
 */
public final class EmbeddedAws implements AutoCloseable {

    /** Where {@link #client()} works. */
    public static final String REGION = "eu-central-1";

    private static final String ADMIN = "SANDBOXADMIN";

    private final AwsApi api;
    private final URI endpoint;
    private final Listener listener;
    private final SdkHttpClient http =
            Apache5HttpClient.builder()
                    .proxyConfiguration(
                            ProxyConfiguration.builder()
                                    .useSystemPropertyValues(false)
                                    .useEnvironmentVariableValues(false)
                                    .build())
                    .build();
    private final SecretsManagerClient client;
    private final SsmClient parameters;

    private EmbeddedAws(Clock clock) {
        var port = LoopbackPort.free();
        api = new AwsApi(clock, ADMIN);
        endpoint = URI.create("http://127.0.0.1:" + port);
        listener = new Listener(port, api);
        listener.open();
        client = client(REGION);
        parameters =
                SsmClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.of(REGION))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(ADMIN, ADMIN)))
                        .httpClient(http)
                        .build();
    }

    /** Starts one without any secret. */
    public static EmbeddedAws start() {
        return start(Clock.systemUTC());
    }

    /** The same with a clock of its own, by which credentials expire and deleted secrets go. */
    public static EmbeddedAws start(Clock clock) {
        return new EmbeddedAws(clock);
    }

    /** Where every service answers. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * The sandbox's own client, closed with it: what it asks is not counted, and nothing is denied
     * to it or goes wrong for it.
     */
    public SecretsManagerClient client() {
        return client;
    }

    /** The same for Parameter Store. */
    public SsmClient parameters() {
        return parameters;
    }

    /** The same as {@link #client()} for another region. */
    public SecretsManagerClient client(String region) {
        return SecretsManagerClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ADMIN, ADMIN)))
                .httpClient(http)
                .build();
    }

    /** Who may do what. */
    public Iam iam() {
        return api.iam();
    }

    /** What goes wrong. */
    public Faults faults() {
        return api.faults();
    }

    /** How often each operation was called, by anybody but {@link #client()}. */
    public SortedMap<String, Integer> calls() {
        return api.calls();
    }

    /** How often that operation was called. */
    public int calls(String operation) {
        return calls().getOrDefault(operation, 0);
    }

    /** The same calls one by one, in the order of their arrival. */
    public List<RecordedRequest> requests() {
        return api.requests();
    }

    /** What came for one operation. */
    public List<RecordedRequest> requests(String operation) {
        return requests().stream().filter(r -> r.operation().equals(operation)).toList();
    }

    /** Every AssumeRole and AssumeRoleWithWebIdentity, granted or not. */
    public List<RoleRequest> roleRequests() {
        return api.roleRequests();
    }

    /** Secret keys and session tokens that STS has given out: what nobody may ever see. */
    public List<String> issuedSecrets() {
        return api.issuedSecrets();
    }

    /** All counts begin again. */
    public void forgetRequests() {
        api.forgetRequests();
    }

    /** ListSecrets shows what is true now until {@link #thawLists()}: AWS may lag as well. */
    public void freezeLists() {
        api.freezeLists();
    }

    public void thawLists() {
        api.thawLists();
    }

    /** By which error reads of a secret that is marked for deletion are refused. */
    public void refuseMarkedForDeletionBy(MarkedForDeletion error) {
        api.refuseMarkedForDeletionBy(error);
    }

    /** Sets what is told about the rotation of a secret in {@link #REGION}. */
    public void setRotation(String secret, Rotation rotation) {
        api.setRotation(REGION, secret, rotation);
    }

    /** Every connection ends, and new ones are refused until {@link #acceptConnections()}. */
    public void refuseConnections() {
        listener.shut();
    }

    /** At the same port as before. */
    public void acceptConnections() {
        listener.open();
    }

    @Override
    public void close() {
        api.faults().clear();
        listener.close();
        client.close();
        parameters.close();
        http.close();
    }
}
