package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.GoRegexp;
import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import dev.lockstep.source.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of Secrets Manager, and what is made of its answers. */
class AwsSecretSourceTest {
    private static final String ARN_OF = "arn:aws:secretsmanager:eu-west-1:1:secret:";

    private final ScriptedAws aws = ScriptedAws.start();
    private final AwsFixture fixture = new AwsFixture(aws.url(), Map.of()).withKeys();
    private SecretSource source;

    @BeforeEach
    void open() throws SourceException {
        source =
                fixture.sources.open(
                        Stores.secretStore("team-a", "aws", AwsFixture.KEYS), "team-a");
    }

    @AfterEach
    void stop() {
        fixture.close();
        aws.close();
    }

    @Test
    void list_asksForAHundredWithThoseToBeDeleted_andTurnsVersionsIntoLabels()
            throws SourceException {
        aws.on(
                "ListSecrets",
                Answer.json(
                        200,
                        """
                        {"SecretList":[{"ARN":"%sapp/db-AbCdEf","Name":"app/db","KmsKeyId":"k",
                        "SecretVersionsToStages":{"v1":["AWSPREVIOUS"],"v2":["AWSCURRENT","blue"]},
                        "Tags":[{"Key":"team","Value":"blue"}],
                        "RotationEnabled":true,"LastChangedDate":1700000000,"DeletedDate":1700000001}],
                        "NextToken":"t-2"}"""
                                .formatted(ARN_OF)));

        assertThat(source.list(Optional.of("t-1")))
                .isEqualTo(
                        new ListPage(
                                List.of(
                                        new RemoteSecret(
                                                ARN_OF + "app/db-AbCdEf",
                                                "app/db",
                                                Map.of(
                                                        "AWSPREVIOUS", "v1",
                                                        "AWSCURRENT", "v2",
                                                        "blue", "v2"),
                                                "k",
                                                Instant.ofEpochSecond(1_700_000_000),
                                                null,
                                                null,
                                                true,
                                                Instant.ofEpochSecond(1_700_000_001),
                                                Tags.of(Map.of("team", "blue")))),
                                Optional.of("t-2")));
        assertThat(aws.requests("ListSecrets").get(0).body())
                .contains("\"IncludePlannedDeletion\":true")
                .contains("\"MaxResults\":100")
                .contains("\"NextToken\":\"t-1\"");
    }

    @Test
    void describe_tellsVersionsAndRotation() throws SourceException {
        aws.on(
                "DescribeSecret",
                Answer.json(
                        200,
                        """
                        {"ARN":"%sapp/db-AbCdEf","Name":"app/db",
                        "VersionIdsToStages":{"v2":["AWSCURRENT"]},
                        "LastRotatedDate":1700000000,"NextRotationDate":1700000001}"""
                                .formatted(ARN_OF)));

        assertThat(source.describe(new RemoteKey("app/db")))
                .isEqualTo(
                        new RemoteSecret(
                                ARN_OF + "app/db-AbCdEf",
                                "app/db",
                                Map.of("AWSCURRENT", "v2"),
                                null,
                                null,
                                Instant.ofEpochSecond(1_700_000_000),
                                Instant.ofEpochSecond(1_700_000_001),
                                false,
                                null,
                                Tags.of(Map.of())));
    }

    @Test
    void find_asksByWhatAwsFilters_andJudgesTheRestItself() throws SourceException {
        aws.on(
                "ListSecrets",
                Answer.json(
                        200,
                        """
                        {"SecretList":[
                        {"ARN":"%1$sapp/db-1","Name":"app/db","Tags":[{"Key":"team","Value":"blue"}]},
                        {"ARN":"%1$sapp/a-2","Name":"app/a","Tags":[{"Key":"team","Value":"blue"}]},
                        {"ARN":"%1$sapp/db-3","Name":"app/db2","Tags":[{"Key":"team","Value":"blues"}]}],
                        "NextToken":"t-2"}"""
                                .formatted(ARN_OF)));
        var selector =
                new Selector("app/", Optional.of(GoRegexp.compile("db")), Map.of("team", "blue"));

        var page = source.find(selector, Optional.of("t-1"));

        assertThat(page.secrets()).extracting(RemoteSecret::name).containsExactly("app/db");
        assertThat(page.nextToken()).contains("t-2");
        assertThat(aws.requests("ListSecrets").get(0).body())
                .contains(
                        "[{\"Key\":\"name\",\"Values\":[\"app/\"]},"
                                + "{\"Key\":\"tag-key\",\"Values\":[\"team\"]},"
                                + "{\"Key\":\"tag-value\",\"Values\":[\"blue\"]}]")
                .contains("\"IncludePlannedDeletion\":true")
                .contains("\"NextToken\":\"t-1\"");
    }

    @Test
    void find_leavesOutFiltersThatAwsWouldTurnRoundOrRefuse() throws SourceException {
        aws.on("ListSecrets", Answer.json(200, "{\"SecretList\":[]}"));

        source.find(
                new Selector("!app", Optional.empty(), Map.of("team", "größe", "x", "")),
                Optional.empty());

        assertThat(aws.requests("ListSecrets").get(0).body())
                .contains(
                        "[{\"Key\":\"tag-key\",\"Values\":[\"team\"]},"
                                + "{\"Key\":\"tag-key\",\"Values\":[\"x\"]}]");
    }

    @Test
    void tags_areReadByDescribe_asTheirOwnVersion() throws SourceException {
        aws.on(
                "DescribeSecret",
                Answer.json(
                        200,
                        """
                        {"ARN":"%sapp/db-AbCdEf","Name":"app/db",
                        "Tags":[{"Key":"team","Value":"blue"}]}"""
                                .formatted(ARN_OF)));

        assertThat(source.read(new RemoteKey("app/db"), RequestedVersion.TAGS))
                .isEqualTo(Tags.of(Map.of("team", "blue")).valueOf(ARN_OF + "app/db-AbCdEf"));
    }

    @Test
    void read_asksByLabelOrById_andTellsTheVersionOfTheAnswer() throws SourceException {
        aws.on("GetSecretValue", Answer.json(200, value("app/db", "v9", "hunter2")));
        var key = new RemoteKey("app/db");

        var byLabel = source.read(key, RequestedVersion.label("blue"));
        source.read(key, RequestedVersion.id("v9"));

        assertThat(byLabel)
                .isEqualTo(
                        new RemoteValue(
                                new RemoteVersion(ARN_OF + "app/db-AbCdEf", "v9"),
                                SecretBytes.ofUtf8("hunter2")));
        assertThat(aws.requests("GetSecretValue"))
                .extracting(ScriptedAws.Request::body)
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .contains("\"VersionStage\":\"blue\"")
                                        .doesNotContain("VersionId"),
                        two ->
                                assertThat(two)
                                        .contains("\"VersionId\":\"v9\"")
                                        .doesNotContain("VersionStage"));
    }

    @Test
    void binaryValue_isReadAsItsBytes() throws SourceException {
        aws.on(
                "GetSecretValue",
                Answer.json(
                        200,
                        """
                        {"ARN":"a-AbCdEf","Name":"a","VersionId":"v","SecretBinary":"AP8="}"""));

        assertThat(source.read(new RemoteKey("a"), RequestedVersion.CURRENT).bytes())
                .isEqualTo(SecretBytes.of(new byte[] {0, -1}));
    }

    @Test
    void arnOfAnotherRegion_isRefusedBeforeAnyCall() throws SourceException {
        var foreign = new RemoteKey("arn:aws:secretsmanager:us-east-1:1:secret:app/db-AbCdEf");
        var expected = new SourceFailure.WrongRegion(foreign.id(), "eu-west-1");

        assertThatThrownBy(() -> source.read(foreign, RequestedVersion.CURRENT))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.failure()).isEqualTo(expected));
        assertThatThrownBy(() -> source.describe(foreign))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.failure()).isEqualTo(expected));
        assertThat(failure(source.readCurrent(List.of(foreign)).get(foreign))).isEqualTo(expected);
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void throttledReads_takeLongerAndSucceed() throws Exception {
        // One more than the SDK tries by itself, so that the call is made again.
        var throttled = Answer.error("ThrottlingException", "Rate exceeded");
        aws.on(
                "GetSecretValue",
                throttled,
                throttled,
                throttled,
                throttled,
                Answer.json(200, value("app/db", "v1", "1")));

        source.read(new RemoteKey("app/db"), RequestedVersion.CURRENT);

        assertThat(fixture.observed.calls)
                .containsExactly(
                        "SecretsManager GetSecretValue Throttled",
                        "SecretsManager GetSecretValue Success");
    }

    @Test
    void manyThreadsReading_useOneSourceSafely() throws Exception {
        aws.on("GetSecretValue", Answer.json(200, value("app/db", "v1", "1")));
        var failures = new ConcurrentHashMap<Integer, Exception>();
        var pool = Executors.newFixedThreadPool(30);

        IntStream.range(0, 200)
                .mapToObj(
                        i ->
                                pool.submit(
                                        () ->
                                                source.read(
                                                        new RemoteKey("app/db"),
                                                        RequestedVersion.CURRENT)))
                .toList()
                .forEach(
                        future -> {
                            try {
                                future.get();
                            } catch (Exception e) {
                                failures.put(failures.size(), e);
                            }
                        });
        pool.shutdown();

        assertThat(failures).isEmpty();
        assertThat(aws.requests("GetSecretValue")).hasSize(200);
    }

    private static SourceFailure failure(SourceResult<RemoteValue> result) {
        return ((SourceResult.Failed<RemoteValue>) result).cause().failure();
    }

    private static String value(String name, String version, String text) {
        return """
               {"ARN":"%1$s%2$s-AbCdEf","Name":"%2$s","VersionId":"%3$s","SecretString":"%4$s"}"""
                .formatted(ARN_OF, name, version, text);
    }
}
