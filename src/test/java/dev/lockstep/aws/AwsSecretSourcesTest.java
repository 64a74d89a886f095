package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.aws.ScriptedAws.Request;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identities: who shares a source, who does not, and for how long. */
class AwsSecretSourcesTest {
    private static final String READER = "arn:aws:iam::1:role/reader";
    private static final RemoteKey KEY = new RemoteKey("app/db");
    private static final String WEB_IDENTITY = "AssumeRoleWithWebIdentity";

    private final ScriptedAws aws = ScriptedAws.start();
    private final AwsFixture fixture = new AwsFixture(aws.url(), Map.of()).withKeys();

    AwsSecretSourcesTest() {
        aws.on(
                "GetSecretValue",
                Answer.json(
                        200,
                        """
                        {"ARN":"a-AbCdEf","Name":"app/db","VersionId":"v","SecretString":"x"}"""));
        aws.on(WEB_IDENTITY, Answer.session(WEB_IDENTITY, "ASIAWEB", AwsFixture.LONG));
        aws.on("AssumeRole", Answer.session("AssumeRole", "ASIAROLE", AwsFixture.LONG));
        fixture.cluster.withIrsaAccount("team-a", "app", READER);
    }

    @AfterEach
    void stop() {
        fixture.close();
        aws.close();
    }

    @Test
    void anotherNamespaceNamingTheSameRole_isDenied_andReadsNothing() throws SourceException {
        fixture.cluster.withIrsaAccount("team-b", "app", READER);
        aws.on(
                WEB_IDENTITY,
                Answer.session(WEB_IDENTITY, "ASIAWEB", AwsFixture.LONG),
                Answer.stsError(
                        403,
                        "AccessDenied",
                        "Not authorized to perform sts:AssumeRoleWithWebIdentity"));
        read(open("team-a", "aws", AwsFixture.JWT));

        var denied = openFails("team-b", "aws", AwsFixture.JWT);

        assertThat(denied.failure())
                .isEqualTo(
                        new SourceFailure.AssumeRoleDenied(
                                READER,
                                "sts:AssumeRoleWithWebIdentity",
                                "ServiceAccount team-b/app"));
        assertThat(aws.requests("GetSecretValue")).hasSize(1);
    }

    @Test
    void failedProof_isNotKept() throws SourceException {
        aws.on(
                "AssumeRole",
                Answer.stsError(403, "AccessDenied", "not yet"),
                Answer.session("AssumeRole", "ASIAROLE", AwsFixture.LONG));
        var withRole = AwsFixture.KEYS + "\nrole: " + READER;
        openFails("team-a", "aws", withRole);

        read(open("team-a", "aws", withRole));

        assertThat(readers()).containsExactly("ASIAROLE");
    }

    @Test
    void rotatedCredentialSecret_isAnotherSource() throws SourceException {
        var old = open("team-a", "aws", AwsFixture.KEYS);

        fixture.cluster.withSecret("team-a", "keys", Map.of("id", "AKIANEW", "secret", "s2"));
        var renewed = open("team-a", "aws", AwsFixture.KEYS);
        read(renewed);

        assertThat(renewed.identity()).isNotEqualTo(old.identity());
        assertThat(readers()).containsExactly("AKIANEW");
    }

    @Test
    void unusedIdentity_isForgotten_andAnUnknowingHolderStillReads() throws SourceException {
        var withRole = AwsFixture.KEYS + "\nrole: " + READER;
        var held = open("team-a", "aws", withRole);

        fixture.clock.advance(Duration.ofHours(3));
        var again = open("team-a", "aws", withRole);
        read(held);

        assertThat(again).isNotSameAs(held);
        assertThat(aws.requests("AssumeRole")).hasSize(2);
        assertThat(readers()).containsExactly("ASIAROLE");
    }

    @Test
    void retrySettingsOfOneStore_areNotAnothers() throws SourceException {
        var one = Stores.secretStore("team-a", "one", AwsFixture.ONCE, AwsFixture.KEYS);

        var withSettings = fixture.sources.open(one, "team-a");
        var without = open("team-a", "two", AwsFixture.KEYS);

        assertThat(withSettings.identity()).isEqualTo(without.identity());
        assertThat(withSettings).isNotSameAs(without);
    }

    @Test
    void manyOpeningAtOnce_shareOneProof() throws Exception {
        var threads = 10;
        var together = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);

        var opened =
                IntStream.range(0, threads)
                        .mapToObj(
                                i ->
                                        pool.submit(
                                                () -> {
                                                    together.await();
                                                    return open("team-a", "aws", AwsFixture.JWT);
                                                }))
                        .toList();

        for (var source : opened) {
            assertThat(source.get()).isSameAs(opened.get(0).get());
        }
        pool.shutdown();
        assertThat(aws.requests(WEB_IDENTITY)).hasSize(1);
    }

    @Test
    void storeWithAProblem_isNotOpened() {
        assertThat(openFails("team-a", "aws", "region: mars-north-1"))
                .hasMessageContaining("spec.provider.aws.region 'mars-north-1' is no AWS region");
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void interruptedProof_ends_andTheThreadKnows() {
        Thread.currentThread().interrupt();

        var failure = openFails("team-a", "aws", AwsFixture.JWT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .hasMessageContaining("looking for credentials got no usable answer (interrupted)");
    }

    @Test
    void canaries_areInNothingThatCouldBePrinted() throws SourceException {
        var source = open("team-a", "aws", AwsFixture.JWT);
        var withKeys = open("team-a", "keys", AwsFixture.KEYS);
        aws.on(WEB_IDENTITY, Answer.stsError(400, "ExpiredTokenException", "canary-token"));
        var failure = openFails("team-a", "other", AwsFixture.JWT);

        assertThat(
                        List.of(
                                source,
                                source.identity(),
                                withKeys,
                                withKeys.identity(),
                                fixture.observed.calls,
                                failure))
                .allSatisfy(printed -> assertThat(printed.toString()).doesNotContain("canary"));
    }

    private SecretSource open(String namespace, String name, String yaml) throws SourceException {
        return fixture.sources.open(Stores.secretStore(namespace, name, yaml), namespace);
    }

    private SourceException openFails(String namespace, String name, String yaml) {
        return catchThrowableOfType(SourceException.class, () -> open(namespace, name, yaml));
    }

    private static void read(SecretSource source) throws SourceException {
        source.read(KEY, RequestedVersion.CURRENT);
    }

    /** The access keys that values were read with. */
    private List<String> readers() {
        return aws.requests("GetSecretValue").stream().map(Request::accessKey).toList();
    }
}
