package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The operator's own credentials: IRSA of its pod, EKS Pod Identity, environment, in short the
 * SDK's default chain.
 *
 * <p>IRSA is done here and not by the SDK's chain, so that it asks STS in the store's region and at
 * the admin's endpoint, with a session name that CloudTrail readers recognise, and is counted.
 */
final class OperatorCredentials implements AutoCloseable {
    static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    static final String ROLE = "AWS_ROLE_ARN";
    private static final String SESSION_NAME = "AWS_ROLE_SESSION_NAME";
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

    private final Map<String, String> environment;
    private final String sessionName;
    private final DefaultCredentialsProvider defaults;
    private final Map<String, AwsCredentialsProvider> byRegion = new ConcurrentHashMap<>();

    OperatorCredentials(Map<String, String> environment, String clusterName) {
        this.environment = environment;
        this.sessionName =
                environment.getOrDefault(SESSION_NAME, SessionName.of(clusterName, "lockstep"));
        this.defaults = DefaultCredentialsProvider.builder().build();
    }

    /** One session per region, shared by all stores that name no credentials. */
    AwsCredentialsProvider in(String region, StsClient sts) {
        return isIrsa()
                ? byRegion.computeIfAbsent(
                        region,
                        r ->
                                WebIdentity.provider(
                                        sts, environment.get(ROLE), sessionName, this::token))
                : defaults;
    }

    /** The chain's order: keys in the environment come before the token. */
    private boolean isIrsa() {
        return environment.containsKey(TOKEN_FILE)
                && environment.containsKey(ROLE)
                && !environment.containsKey(ACCESS_KEY);
    }

    private String token() throws SourceException {
        var file = environment.get(TOKEN_FILE);
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw Claims.missing(
                    "the operator cannot read its token at %s (%s): check the projected volume of its pod"
                            .formatted(file, TOKEN_FILE));
        }
    }

    @Override
    public void close() {
        byRegion.clear();
        defaults.close();
    }
}
