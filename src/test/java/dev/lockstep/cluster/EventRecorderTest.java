package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One Event per object, reason and key, semantics 26. */
class EventRecorderTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final HasMetadata DATABASE =
            new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace("team")
                    .withName("database")
                    .withUid("uid-of-database")
                    .endMetadata()
                    .build();

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final ManualExecutor executor = new ManualExecutor();
    private final EventRecorder events = recorder(kubernetes.client(), NOON);

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void anEvent_tellsWhatHappenedToWhat() {
        events.warning(DATABASE, "AccessDenied", "prod/db", "request 1: may not read prod/db");
        executor.runAll();

        assertThat(stored("team"))
                .singleElement()
                .returns("Warning", Event::getType)
                .returns("AccessDenied", Event::getReason)
                .returns("request 1: may not read prod/db", Event::getMessage)
                .returns(1, Event::getCount)
                .returns(NOON.toString(), Event::getFirstTimestamp)
                .returns(NOON.toString(), Event::getLastTimestamp)
                .returns("lockstep", event -> event.getSource().getComponent())
                .returns("ConfigMap", event -> event.getInvolvedObject().getKind())
                .returns("uid-of-database", event -> event.getInvolvedObject().getUid());
    }

    @Test
    void goodNewsOfMany_isWrittenInTurn_andWarningsAtOnce() {
        for (var key : List.of("one", "two", "three")) {
            events.normal(DATABASE, "Updated", key, "written");
        }
        events.warning(DATABASE, "AccessDenied", "prod/db", "may not read prod/db");

        assertThat(executor.delays())
                .extracting(Duration::toMillis)
                .containsExactly(0L, 20L, 40L, 0L);
    }

    @Test
    void goodNews_waitsHalfAMinuteAtMost() {
        IntStream.range(0, 4_000)
                .forEach(i -> events.normal(DATABASE, "Updated", "key " + i, "written"));

        assertThat(executor.delays()).allMatch(delay -> delay.toMillis() <= 30_020);
    }

    @Test
    void repeats_raiseTheCountAndReplaceTheMessage() {
        events.warning(DATABASE, "AccessDenied", "prod/db", "request 1");
        executor.runAll();
        events.warning(DATABASE, "AccessDenied", "prod/db", "request 2");
        events.warning(DATABASE, "AccessDenied", "prod/db", "request 3");
        executor.runAll();

        assertThat(stored("team"))
                .singleElement()
                .returns(3, Event::getCount)
                .returns("request 3", Event::getMessage);
    }

    @Test
    void anotherReasonOrKey_isAnotherEvent() {
        events.warning(DATABASE, "AccessDenied", "prod/db", "m");
        events.warning(DATABASE, "AccessDenied", "prod/cache", "m");
        events.warning(DATABASE, "NotFound", "prod/db", "m");
        executor.runAll();

        assertThat(stored("team")).hasSize(3);
    }

    @Test
    void afterARestartOfTheOperator_theSameEventIsCountedUp() {
        events.normal(DATABASE, "SecretSynced", "", "before");
        executor.runAll();

        recorder(kubernetes.client(), NOON.plusSeconds(90))
                .normal(DATABASE, "SecretSynced", "", "after");
        executor.runAll();

        assertThat(stored("team"))
                .singleElement()
                .returns(2, Event::getCount)
                .returns("after", Event::getMessage)
                .returns(NOON.toString(), Event::getFirstTimestamp)
                .returns(NOON.plusSeconds(90).toString(), Event::getLastTimestamp);
    }

    @Test
    void anEventThatKubernetesForgot_isMadeAnew() {
        events.normal(DATABASE, "SecretSynced", "", "before");
        executor.runAll();
        kubernetes.client().resource(stored("team").get(0)).delete();

        events.normal(DATABASE, "SecretSynced", "", "after");
        executor.runAll();

        assertThat(stored("team")).singleElement().returns(1, Event::getCount);
    }

    @Test
    void anObjectWithoutNamespace_hasItsEventsInDefault() {
        var store = new ClusterSecretStore();
        store.setMetadata(new ObjectMetaBuilder().withName("aws").withUid("u").build());

        events.normal(store, "Valid", "", "ready");
        executor.runAll();

        assertThat(stored("default")).hasSize(1);
    }

    @Test
    void aLongNameAndMessage_areCutToWhatKubernetesTakes() {
        var store = new ClusterSecretStore();
        store.setMetadata(new ObjectMetaBuilder().withName("n".repeat(253)).withUid("u").build());

        events.normal(store, "Valid", "", "m".repeat(5000));
        executor.runAll();

        var event = stored("default").get(0);
        assertThat(event.getMetadata().getName()).hasSizeLessThanOrEqualTo(253);
        assertThat(event.getMessage()).hasSize(1024);
    }

    @Test
    void whenNobodyAnswers_recordingFailsNobody() {
        var nowhere =
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build();
        try (var lost = new KubernetesClientBuilder().withConfig(nowhere).build()) {
            recorder(lost, NOON).normal(DATABASE, "SecretSynced", "", "m");

            assertThatCode(executor::runAll).doesNotThrowAnyException();
        }
    }

    @Test
    void afterTheExecutorEnded_recordingFailsNobody() {
        executor.shutdown();

        assertThatCode(() -> events.normal(DATABASE, "SecretSynced", "", "m"))
                .doesNotThrowAnyException();
    }

    @Test
    void spam_waitsForThePause() {
        events.normal(DATABASE, "SecretSynced", "", "one");
        executor.runAll();

        events.normal(DATABASE, "SecretSynced", "", "two");

        assertThat(executor.delays()).containsExactly(Duration.ZERO, EventRecorder.PAUSE);
    }

    @Nested
    @RealApiServer
    class OnTheRealApiServer {

        @Test
        void anEventAndItsRepeats_areTaken(KubernetesClient client) {
            var namespace = TestNamespace.create(client).name();
            var subject =
                    new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("database")
                            .withUid("uid-of-database")
                            .endMetadata()
                            .build();

            recorder(client, NOON).warning(subject, "NotFound", "prod/db", "request 1");
            executor.runAll();
            recorder(client, NOON.plusSeconds(60)).warning(subject, "NotFound", "prod/db", "2");
            executor.runAll();

            assertThat(client.v1().events().inNamespace(namespace).list().getItems())
                    .singleElement()
                    .returns(2, Event::getCount)
                    .returns("2", Event::getMessage)
                    .returns(NOON.plusSeconds(60).toString(), Event::getLastTimestamp);
        }
    }

    private EventRecorder recorder(KubernetesClient client, Instant now) {
        return new EventRecorder(client, Clock.fixed(now, ZoneOffset.UTC), executor);
    }

    private List<Event> stored(String namespace) {
        return kubernetes.client().v1().events().inNamespace(namespace).list().getItems();
    }
}
