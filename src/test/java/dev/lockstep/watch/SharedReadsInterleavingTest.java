package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.source.SourceFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who comes while another reads: joins, travels along, and is not harmed by the other. */
class SharedReadsInterleavingTest extends ReadScene {
    private final List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());

    @Test
    void keysOfDifferentCallers_travelTogether() {
        var others = new ArrayList<CompletableFuture<String>>();
        var lingering = new CompletableFuture<SharedReads>();
        var shared =
                reads(
                        (full, moments) -> {
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
}
