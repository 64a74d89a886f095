package dev.lockstep.aws;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Opened stores against {@link ScriptedAws}, or any other endpoint. */
final class AwsFixture implements AutoCloseable {
    static final Duration LONG = Duration.ofHours(1);
    static final String KEYS =
            """
            auth:
              secretRef:
                accessKeyIDSecretRef: {name: keys, key: id}
                secretAccessKeySecretRef: {name: keys, key: secret}""";
    static final String JWT = "auth: {jwt: {serviceAccountRef: {name: app}}}";

    /** One attempt, for tests of what happens when it fails. */
    static final String ONCE = "retrySettings: {maxRetries: 1}";

    final FakeCluster cluster = new FakeCluster();
    final RecordedCalls observed = new RecordedCalls();
    final MutableClock clock = new MutableClock();
    final AwsSecretSources sources;

    AwsFixture(String endpoint, Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("AWS_ENDPOINT_URL", URI.create(endpoint).toString());
        sources =
                new AwsSecretSources(
                        new AwsOptions("kubernetes"), cluster, cluster, observed, all, clock);
    }

    /** Static keys {@code AKIAKEYS} in namespace team-a, which stores with {@link #KEYS} use. */
    AwsFixture withKeys() {
        cluster.withSecret(
                "team-a", "keys", Map.of("id", "AKIAKEYS", "secret", "canary-secret-key"));
        return this;
    }

    @Override
    public void close() {
        sources.close();
    }
}
