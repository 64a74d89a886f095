package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values are read once for all who ask, and never older than the index. */
class SharedReadsTest {
    private static final RequestedVersion CURRENT = RequestedVersion.CURRENT;
    private static final RequestedVersion PREVIOUS = RequestedVersion.label("AWSPREVIOUS");
    private static final ReadBatches.Linger NO_LINGER = full -> {};

    private record Told(RemoteKey key, RequestedVersion asked, String versionId) {}

    private final ManualClock clock = new ManualClock();
    private final FakeAccount account = new FakeAccount().withSecrets(50);
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
    private final SharedReads reads = reads(NO_LINGER);

    private SharedReads reads(ReadBatches.Linger linger) {
        return new SharedReads(
                clock,
                linger,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                (Identity identity, RemoteKey key, ReadListener.Answer answer) ->
                        told.add(new Told(key, answer.asked(), answer.version().versionId())));
    }

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
    void keysOfDifferentCallers_travelTogether() {
        var others = new ArrayList<CompletableFuture<String>>();
        var lingering = new CompletableFuture<SharedReads>();
        var shared =
                reads(
                        full -> {
                            others.add(
                                    inOtherThread(() -> text(read(lingering.join(), request(2)))));
                            others.add(
                                    inOtherThread(() -> text(read(lingering.join(), request(3)))));
                            awaitJoined(2);
                        });
        lingering.complete(shared);

        read(shared, request(1));

        assertThat(others).allSatisfy(other -> assertThat(other.join()).endsWith("at v1"));
        assertThat(account.calls).hasSize(1);
        assertThat(account.calls.get(0).key().split(","))
                .containsExactlyInAnyOrder("secret-00001", "secret-00002", "secret-00003");
    }

    @Test
    void readersOfTheSameVersionAtTheSameTime_shareOneRead() {
        var others = new ArrayList<CompletableFuture<String>>();
        account.during(
                "GetSecretValue",
                () -> {
                    others.add(inOtherThread(() -> text(read(reads, request(1)))));
                    awaitJoined(1);
                });

        read(reads, request(1));

        assertThat(others.get(0).join()).isEqualTo("value of secret-00001 at v1");
        assertThat(account.calls).hasSize(1);
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

    @Test
    void aJoinedAnswerOlderThanTheIndex_isReadAgainByVersionId() {
        var others = new ArrayList<CompletableFuture<String>>();
        var before = request(1);
        account.during(
                "BatchGetSecretValue answered",
                () -> {
                    account.rotate("secret-00001", "v2");
                    others.add(inOtherThread(() -> text(read(reads, request(1)))));
                    awaitJoined(1);
                });

        var results = reads.read(account, List.of(before, request(2)));

        assertThat(text(results.get(before))).endsWith("at v1");
        assertThat(others.get(0).join()).endsWith("at v2");
    }

    @Test
    void anInterruptedLeader_leavesTheOthersToReadForThemselves() {
        var others = new ArrayList<CompletableFuture<String>>();
        account.fail("GetSecretValue", new SourceFailure.Unreachable("GetSecretValue", "aborted"));
        account.during(
                "GetSecretValue",
                () -> {
                    account.during("GetSecretValue", () -> account.mend("GetSecretValue"));
                    others.add(inOtherThread(() -> text(read(reads, request(1)))));
                    awaitJoined(1);
                    Thread.currentThread().interrupt();
                });

        var own = read(reads, request(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(own)).isInstanceOf(SourceFailure.Unreachable.class);
        assertThat(others.get(0).join()).endsWith("at v1");
    }

    @Test
    void anInterruptedWaiter_endsAloneAndStaysInterrupted() {
        var others = new ArrayList<CompletableFuture<SourceFailure>>();
        account.during(
                "GetSecretValue",
                () -> {
                    others.add(
                            inOtherThread(
                                    () -> {
                                        var mine = failure(read(reads, request(1)));
                                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                                        return mine;
                                    }));
                    awaitJoined(1);
                    waiting.get(0).interrupt();
                    others.get(0).join();
                });

        assertThat(text(read(reads, request(1)))).endsWith("at v1");
        assertThat(others.get(0).join()).isInstanceOf(SourceFailure.Unreachable.class);
    }

    private <T> CompletableFuture<T> inOtherThread(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        var thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(task.get());
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        waiting.add(thread);
        thread.start();
        return result;
    }

    /** The other threads wait for a read that they do not make themselves. */
    private void awaitJoined(int threads) {
        await().until(
                        () ->
                                waiting.stream()
                                                .filter(t -> t.getState() == Thread.State.WAITING)
                                                .count()
                                        == threads);
    }

    private ReadRequest request(int number) {
        var key = FakeAccount.key(number);
        return new ReadRequest(key, CURRENT, account.versionOf(key, CURRENT));
    }

    /** For a secret that the index saw, and that is gone since. */
    private ReadRequest stale(int number) {
        return new ReadRequest(
                FakeAccount.key(number), CURRENT, Optional.of(new RemoteVersion("arn:gone", "v1")));
    }

    private Optional<RemoteVersion> version(int number, String versionId) {
        return account.versionOf(FakeAccount.key(number), CURRENT)
                .map(v -> new RemoteVersion(v.arn(), versionId));
    }

    private SourceResult<RemoteValue> read(SharedReads shared, ReadRequest request) {
        return shared.read(account, List.of(request)).get(request);
    }

    private static FakeAccount.Call get(int number) {
        return new FakeAccount.Call("GetSecretValue", FakeAccount.key(number).id());
    }

    private static String text(SourceResult<RemoteValue> result) {
        return result.fold(value -> value.bytes().utf8(), e -> e.failure().message());
    }

    private static SourceFailure failure(SourceResult<RemoteValue> result) {
        return ((SourceResult.Failed<RemoteValue>) result).cause().failure();
    }
}
