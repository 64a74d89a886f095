package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values are read once for all who ask, and never older than the index. */
class SharedReadsTest extends ReadScene {

    @Test
    void aLoneKey_isReadByTheVersionThatTheIndexShows() {
        var result = read(reads, request(1));

        assertThat(text(result)).isEqualTo("value of secret-00001 at v1");
        assertThat(account.calls).containsExactly(get(1));
        assertThat(told)
                .containsExactly(new Told(FakeAccount.key(1), RequestedVersion.id("v1"), "v1"));
    }

    @Test
    void keysOfOneCaller_travelInBatchesOfTwenty() {
        var requests = IntStream.range(0, 45).mapToObj(this::request).toList();

        var results = reads.read(account, requests);

        assertThat(results).hasSize(45).allSatisfy((r, v) -> assertThat(text(v)).contains("v1"));
        assertThat(account.calls)
                .extracting(call -> call.key().split(",").length)
                .containsExactly(20, 20, 5);
        assertThat(account.count("GetSecretValue")).isZero();
        assertThat(told).hasSize(45).allMatch(t -> t.asked().isCurrent());
    }

    @Test
    void anAnswer_isSharedForTwoSecondsAndNoLonger() {
        read(reads, request(1));

        clock.pass(Duration.ofMillis(1999));
        read(reads, request(1));
        assertThat(account.calls).hasSize(1);

        clock.pass(Duration.ofMillis(1));
        read(reads, request(1));
        assertThat(account.calls).hasSize(2);
    }

    @Test
    void anAnswerOfABatch_isSharedWithReadersOfThatVersion() {
        reads.read(account, List.of(request(1), request(2)));

        read(reads, request(1));

        assertThat(account.calls).hasSize(1);
    }

    @Test
    void anAnswer_isNotSharedWithOneWhoseIndexShowsAnotherVersion() {
        read(reads, request(1));
        account.rotate("secret-00001", "v2");

        assertThat(text(read(reads, request(1)))).isEqualTo("value of secret-00001 at v2");
    }

    @Test
    void tags_areSharedOnlyByThoseWhoSawTheSame() {
        account.create("tagged", Map.of("team", "blue"));
        read(reads, tags());
        read(reads, tags());
        assertThat(account.count("DescribeSecret")).isEqualTo(1);

        account.tag("tagged", Map.of("team", "green"));

        assertThat(text(read(reads, tags()))).isEqualTo("{\"team\":\"green\"}");
    }

    private ReadRequest tags() {
        var key = new RemoteKey("tagged");
        return new ReadRequest(
                key, RequestedVersion.TAGS, account.versionOf(key, RequestedVersion.TAGS));
    }

    @Test
    void anAnswer_isNotSharedWithAnotherIdentity() {
        var other = new FakeAccount("other").withSecrets(2);
        read(reads, request(1));

        reads.read(other, List.of(request(1)));

        assertThat(other.calls).hasSize(1);
    }

    @Test
    void unwatchedKeys_areReadByTheirLabelAndSharedAsWell() {
        var request = new ReadRequest(FakeAccount.key(1), CURRENT, Optional.empty());

        read(reads, request);
        read(reads, request);

        assertThat(account.calls).containsExactly(get(1));
        assertThat(told).containsExactly(new Told(FakeAccount.key(1), CURRENT, "v1"));
    }

    @Test
    void aFailure_isNotSharedWithLaterReaders() {
        account.fail("GetSecretValue", new SourceFailure.Throttled("GetSecretValue"));
        assertThat(failure(read(reads, request(1)))).isInstanceOf(SourceFailure.Throttled.class);
        account.mend("GetSecretValue");

        assertThat(text(read(reads, request(1)))).endsWith("at v1");
    }

    @Test
    void oneKeyThatFailsInABatch_hidesNoOther() {
        account.delete("secret-00002");

        var results = reads.read(account, List.of(request(1), stale(2), request(3)));

        assertThat(failure(results.get(stale(2)))).isInstanceOf(SourceFailure.NotFound.class);
        assertThat(text(results.get(request(3)))).endsWith("at v1");
    }

    @Test
    void severalVersionsOfOneKey_areReadOneByOneByVersionId() {
        var previous = new ReadRequest(FakeAccount.key(1), PREVIOUS, version(1, "before-v1"));

        var results = reads.read(account, List.of(request(1), previous, request(2)));

        assertThat(text(results.get(previous))).endsWith("at before-v1");
        assertThat(account.calls).containsExactly(get(2), get(1), get(1));
        assertThat(told).noneMatch(t -> !t.asked().byId());
    }

    @Test
    void aVersionThatIsGoneSinceTheIndexSawIt_isReadByItsLabel() {
        var outdated = new ReadRequest(FakeAccount.key(1), PREVIOUS, version(1, "long-gone"));

        var result = read(reads, outdated);

        assertThat(text(result)).endsWith("at before-v1");
        assertThat(account.calls).containsExactly(get(1), get(1));
    }

    @Test
    void aVersionIdThatTheSpecNames_isNeverReplacedByALabel() {
        var byId =
                new ReadRequest(
                        FakeAccount.key(1), RequestedVersion.id("long-gone"), Optional.empty());

        assertThat(failure(read(reads, byId))).isInstanceOf(SourceFailure.VersionNotFound.class);
        assertThat(account.calls).hasSize(1);
    }

    @Test
    void deniedBatch_becomesSingleReadsAndIsTriedAgainAfterAnHour() {
        account.fail("BatchGetSecretValue", FakeAccount.denied("BatchGetSecretValue"));
        var both = List.of(request(1), request(2));

        assertThat(reads.read(account, both).values()).allMatch(r -> text(r).endsWith("v1"));
        clock.pass(Duration.ofMinutes(59));
        reads.read(account, both);
        assertThat(account.count("BatchGetSecretValue")).isEqualTo(1);
        assertThat(account.count("GetSecretValue")).isEqualTo(4);

        clock.pass(Duration.ofMinutes(1));
        reads.read(account, both);
        assertThat(account.count("BatchGetSecretValue")).isEqualTo(2);
    }

    @Test
    void deniedBatch_isTriedAgainAtOnceWhenTheStoreChanged() {
        account.fail("BatchGetSecretValue", FakeAccount.denied("BatchGetSecretValue"));
        reads.read(account, List.of(request(1), request(2)));

        reads.retryDenied(account.identity());
        reads.read(account, List.of(request(3), request(4)));

        assertThat(account.count("BatchGetSecretValue")).isEqualTo(2);
    }

    @Test
    void afterABatch_readsWaitLongerForEachOther_untilNoneHasBeenForASecond() {
        var lingered = new ArrayList<Integer>();
        var shared = reads((full, moments) -> lingered.add(moments));

        read(shared, request(1));
        shared.read(account, List.of(request(2), request(3)));
        read(shared, request(4));
        clock.pass(Duration.ofSeconds(1));
        read(shared, request(5));

        assertThat(lingered).containsExactly(1, 1, 20, 1);
    }

    @Test
    void anUnreachableBatch_failsEachOfItsKeys() {
        account.fail(
                "BatchGetSecretValue",
                new SourceFailure.Unreachable("BatchGetSecretValue", "connection refused"));

        var results = reads.read(account, List.of(request(1), request(2)));

        assertThat(results.values())
                .hasSize(2)
                .allMatch(r -> failure(r) instanceof SourceFailure.Unreachable);
        assertThat(account.count("GetSecretValue")).isZero();
    }
}
