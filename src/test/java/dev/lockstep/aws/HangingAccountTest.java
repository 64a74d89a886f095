package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that waits in vain is made once, not by every worker in turn. */
class HangingAccountTest {
    private static final Answer NONE = Answer.json(500, "");
    private static final String WEB_IDENTITY = "AssumeRoleWithWebIdentity";

    private final ScriptedAws aws = ScriptedAws.start();
    private final FakeCluster cluster = new FakeCluster();
    private final MutableClock clock = new MutableClock();

    /** Every call takes half a minute. */
    private final AwsSecretSources sources =
            new AwsSecretSources(
                    new AwsOptions("kubernetes"),
                    cluster,
                    cluster,
                    (service, operation, outcome, took) -> clock.advance(Duration.ofSeconds(30)),
                    Map.of("AWS_ENDPOINT_URL", aws.url()),
                    clock);

    @BeforeEach
    void begin() {
        cluster.withSecret("team-a", "keys", Map.of("id", "AKIAONE", "secret", "s"));
        cluster.withSecret("team-b", "keys", Map.of("id", "AKIATWO", "secret", "s"));
        cluster.withIrsaAccount("team-a", "app", "arn:aws:iam::123456789012:role/reader");
    }

    @AfterEach
    void stop() {
        sources.close();
        aws.close();
    }

    @Test
    void afterAReadThatHung_theNextKeyFailsWithoutACall() throws SourceException {
        aws.on("GetSecretValue", NONE);
        var source = open("team-a", AwsFixture.KEYS);
        readFails(source, "one");

        assertThat(readFails(source, "two").failure())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.operation()).contains("two"));
        assertThat(aws.requests("GetSecretValue")).hasSize(1);
    }

    @Test
    void anotherAccount_isAskedAllTheSame() throws SourceException {
        aws.on("GetSecretValue", NONE);
        readFails(open("team-a", AwsFixture.KEYS), "one");

        readFails(open("team-b", AwsFixture.KEYS), "one");

        assertThat(aws.requests("GetSecretValue")).hasSize(2);
    }

    @Test
    void aProofThatHung_isMadeAgainAfterAsLong() {
        aws.on(WEB_IDENTITY, Answer.stsError(500, "InternalFailure", "later"));
        openFails();
        openFails();
        assertThat(aws.requests(WEB_IDENTITY)).hasSize(1);

        clock.advance(Duration.ofSeconds(30));
        openFails();

        assertThat(aws.requests(WEB_IDENTITY)).hasSize(2);
    }

    private SecretSource open(String namespace, String yaml) throws SourceException {
        return sources.open(Stores.secretStore(namespace, "aws", AwsFixture.ONCE, yaml), namespace);
    }

    private void openFails() {
        var failure =
                catchThrowableOfType(SourceException.class, () -> open("team-a", AwsFixture.JWT));
        assertThat(failure.failure()).isInstanceOf(Unreachable.class);
    }

    private static SourceException readFails(SecretSource source, String key) {
        return catchThrowableOfType(
                SourceException.class,
                () -> source.read(new RemoteKey(key), RequestedVersion.CURRENT));
    }
}
