package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByGenerationTest {
    private final ByGeneration<Integer> kept = new ByGeneration<>();
    private final AtomicInteger derived = new AtomicInteger();

    @Test
    void oneGeneration_isLookedAtOnce_andTheNextAnew() {
        assertThat(look("uid", 1L)).isEqualTo(1);
        assertThat(look("uid", 1L)).isEqualTo(1);
        assertThat(look("uid", 2L)).isEqualTo(2);
    }

    @Test
    void aResourceMadeAgain_isAnother() {
        assertThat(look("uid", 1L)).isEqualTo(1);
        assertThat(look("other", 1L)).isEqualTo(2);
    }

    @Test
    void whatHasNoGeneration_isLookedAtEachTime() {
        assertThat(look("uid", null)).isEqualTo(1);
        assertThat(look("uid", null)).isEqualTo(2);
    }

    private int look(String uid, Long generation) {
        ConfigMap resource =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withUid(uid)
                        .withGeneration(generation)
                        .endMetadata()
                        .build();
        return kept.get(resource, derived::incrementAndGet);
    }
}
