package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking over from ESO, semantics 20. */
class EsoFinalizerTest {
    private static final String OTHER = "example.org/keep";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final KubernetesClient client = kubernetes.client();
    private final EsoFinalizer finalizer = new EsoFinalizer(client);
    private final AtomicBoolean mayAct = new AtomicBoolean(true);

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void itGoes_andOtherFinalizersStay() {
        var externalSecret = create(OTHER, EsoFinalizer.NAME);

        assertThat(finalizer.removeFrom(externalSecret)).isEmpty();

        assertThat(finalizers()).containsExactly(OTHER);
    }

    @Test
    void whereTheListHasMoved_theRightOneGoes() {
        var stale = create(EsoFinalizer.NAME);
        client.resource(current())
                .edit(
                        es -> {
                            es.getMetadata().setFinalizers(List.of(OTHER, EsoFinalizer.NAME));
                            return es;
                        });

        assertThat(finalizer.removeFrom(stale)).isEmpty();

        assertThat(finalizers()).containsExactly(OTHER);
    }

    @Test
    void whereItIsGone_nothingIsAsked() {
        var externalSecret = create(OTHER);
        client.resource(externalSecret)
                .edit(
                        es -> {
                            es.getMetadata().setFinalizers(List.of());
                            return es;
                        });
        client.resource(current()).delete();

        assertThat(finalizer.removeFrom(externalSecret)).isEmpty();
    }

    @Test
    void anObjectThatIsGone_isDone() {
        var externalSecret = create(EsoFinalizer.NAME);
        finalizer.removeFrom(externalSecret);
        client.resource(current()).delete();

        assertThat(finalizer.removeFrom(externalSecret)).isEmpty();
    }

    @Test
    void anExternalSecretBeingDeleted_isLetGo() {
        create(EsoFinalizer.NAME);
        try (var informer = informer()) {
            client.resource(current()).delete();

            await().until(() -> current() == null);
            assertThat(informer.isRunning()).isTrue();
        }
    }

    @Test
    void aLiveOne_andOneThatIsNotOurs_keepIt() {
        var release = new EsoFinalizerRelease(finalizer, es -> mayAct.get(), Runnable::run);
        var live = create(EsoFinalizer.NAME);

        release.onAdd(live);
        assertThat(finalizers()).containsExactly(EsoFinalizer.NAME);

        mayAct.set(false);
        client.resource(live).delete();
        release.onUpdate(live, current());
        assertThat(finalizers()).containsExactly(EsoFinalizer.NAME);

        mayAct.set(true);
        release.release(current());
        assertThat(current()).isNull();
    }

    private SharedIndexInformer<ExternalSecret> informer() {
        return client.resources(ExternalSecret.class)
                .inNamespace("team")
                .inform(new EsoFinalizerRelease(finalizer, es -> mayAct.get(), Runnable::run));
    }

    private ExternalSecret create(String... finalizers) {
        var externalSecret = new ExternalSecret();
        externalSecret.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace("team")
                        .withName("db")
                        .withFinalizers(finalizers)
                        .build());
        return client.resource(externalSecret).create();
    }

    private ExternalSecret current() {
        return client.resources(ExternalSecret.class).inNamespace("team").withName("db").get();
    }

    private List<String> finalizers() {
        return current().getMetadata().getFinalizers();
    }
}
