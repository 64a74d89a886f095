package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One batch answers many keys, and hides the failure of none. */
class BatchReadTest {
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
    void batch_matchesAnswersByNameArnAndPartialArn() throws SourceException {
        aws.on(
                "BatchGetSecretValue",
                Answer.json(
                        200,
                        """
                        {"SecretValues":[%s,%s,%s]}"""
                                .formatted(
                                        value("c", "v", "3"),
                                        value("b", "v", "2"),
                                        value("a", "v", "1"))));
        var byName = new RemoteKey("a");
        var byArn = new RemoteKey(ARN_OF + "b-AbCdEf");
        var byPartialArn = new RemoteKey(ARN_OF + "c");

        var results = source.readCurrent(List.of(byName, byArn, byPartialArn));

        assertThat(results.get(byName).orThrow().bytes()).isEqualTo(SecretBytes.ofUtf8("1"));
        assertThat(results.get(byArn).orThrow().bytes()).isEqualTo(SecretBytes.ofUtf8("2"));
        assertThat(results.get(byPartialArn).orThrow().bytes()).isEqualTo(SecretBytes.ofUtf8("3"));
        assertThat(aws.requests("BatchGetSecretValue")).hasSize(1);
    }

    @Test
    void batch_tellsEachKeysOwnFailure_andHidesNoOther() throws SourceException {
        aws.on(
                "BatchGetSecretValue",
                Answer.json(
                        200,
                        """
                        {"SecretValues":[%s,%s],"Errors":[
                        {"SecretId":"denied","ErrorCode":"AccessDeniedException","Message":"no"},
                        {"SecretId":"gone","ErrorCode":"ResourceNotFoundException",
                         "Message":"Secrets Manager can't find the specified secret."},
                        {"SecretId":"%skms-AbCdEf","ErrorCode":"DecryptionFailure","Message":"no"},
                        {"SecretId":"deleted","ErrorCode":"InvalidRequestException",
                         "Message":"the secret was marked for deletion"}]}"""
                                .formatted(
                                        value("fine", "v", "1"), value("empty", "v", ""), ARN_OF)));
        var keys =
                List.of("fine", "empty", "denied", "gone", ARN_OF + "kms", "deleted", "silent")
                        .stream()
                        .map(RemoteKey::new)
                        .toList();

        var results = source.readCurrent(keys);

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(reasons(results))
                .containsOnly(
                        entry("fine", "found"),
                        entry("empty", "Unreachable"),
                        entry("denied", "AccessDenied"),
                        entry("gone", "NotFound"),
                        entry(ARN_OF + "kms", "KmsAccessDenied"),
                        entry("deleted", "MarkedForDeletion"),
                        entry("silent", "Unreachable"));
    }

    @Test
    void batchInPages_isReadToItsEnd() throws SourceException {
        aws.on(
                "BatchGetSecretValue",
                Answer.json(
                        200,
                        "{\"SecretValues\":[%s],\"NextToken\":\"t-2\"}"
                                .formatted(value("a", "v", "1"))),
                Answer.json(200, "{\"SecretValues\":[%s]}".formatted(value("b", "v", "2"))));

        var results = source.readCurrent(List.of(new RemoteKey("a"), new RemoteKey("b")));

        assertThat(reasons(results)).containsOnly(entry("a", "found"), entry("b", "found"));
        assertThat(aws.requests("BatchGetSecretValue").get(1).body()).contains("t-2");
    }

    @Test
    void deniedBatch_failsAsAWhole() {
        aws.on("BatchGetSecretValue", Answer.error("AccessDeniedException", "no"));

        assertThatThrownBy(() -> source.readCurrent(List.of(new RemoteKey("a"))))
                .hasMessageContaining("secretsmanager:BatchGetSecretValue on *");
    }

    private static Map<String, String> reasons(Map<RemoteKey, SourceResult<RemoteValue>> results) {
        var reasons = new ConcurrentHashMap<String, String>();
        results.forEach(
                (key, result) ->
                        reasons.put(
                                key.id(), result.fold(f -> "found", e -> e.failure().reason())));
        return reasons;
    }

    private static String value(String name, String version, String text) {
        return """
               {"ARN":"%1$s%2$s-AbCdEf","Name":"%2$s","VersionId":"%3$s","SecretString":"%4$s"}"""
                .formatted(ARN_OF, name, version, text);
    }
}
