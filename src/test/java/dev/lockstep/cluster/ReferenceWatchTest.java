package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watch tells whom. */
class ReferenceWatchTest {
    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final AtomicInteger changes = new AtomicInteger();

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void anAbsentObject_isKnownToBeAbsent() {
        var watch = open();

        await().until(watch::isKnown);

        assertThat(watch.state()).isEmpty();
        assertThat(changes).hasValue(0);
    }

    @Test
    void theFirstAnswer_isNoChange_whenNobodyWasToldAnother() {
        create("1");

        var watch = open();
        await().until(watch::isKnown);

        assertThat(watch.state()).isPresent();
        assertThat(changes).hasValue(0);
    }

    @Test
    void whoWasToldOtherwiseBeforeTheFirstAnswer_isWoken() {
        var gone = Optional.of(ReferenceContent.of(create("1")).state());
        kubernetes.client().secrets().inNamespace("team").withName("credentials").delete();

        open().told(gone);

        await().until(() -> changes.get() == 1);
    }

    @Test
    void afterItIsClosed_nobodyIsWoken() {
        var watch = open();
        await().until(watch::isKnown);

        watch.close();
        watch.onAdd(create("1"));

        assertThat(changes).hasValue(0);
    }

    private ReferenceWatch<Secret, ReferenceState> open() {
        return ReferenceWatch.open(
                kubernetes.client().secrets().inNamespace("team").withName("credentials"),
                TrimmedStore.ofSecrets(),
                secret -> ReferenceContent.of(secret).state(),
                changes::incrementAndGet);
    }

    private Secret create(String id) {
        var secret = aSecret("credentials", Map.of("id", id));
        return kubernetes
                .client()
                .resource(secret.editMetadata().withNamespace("team").endMetadata().build())
                .create();
    }
}
