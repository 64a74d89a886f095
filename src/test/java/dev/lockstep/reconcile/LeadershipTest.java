package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final Leadership leadership = new Leadership();
    private final List<String> told = new ArrayList<>();

    LeadershipTest() {
        leadership.onGained(() -> told.add("gained"));
        leadership.onEnded(() -> told.add("ended"));
    }

    @Test
    void whoeverStops_leadsUntilTheEnd() {
        leadership.gained();
        leadership.stopping();
        assertThat(leadership.held()).isTrue();

        leadership.ended();

        assertThat(leadership.held()).isFalse();
        assertThat(told).containsExactly("gained", "ended");
    }

    @Test
    void aStandbyThatStops_doesNotBeginToLead() {
        leadership.stopping();

        leadership.gained();

        assertThat(leadership.held()).isFalse();
        assertThat(told).isEmpty();
    }
}
