package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.PASSWORD;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator that may not restart workloads, as it is installed by default. */
class RolloutNotEnabledTest {
    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void whoAsksForRestarts_isToldWhatToSwitchOn_andTheSecretIsInStep() {
        sandbox.inStep(PASSWORD + "\nrollout: {restart: Consumers}");

        assertThat(awaitToldOff().message()).contains("rollout.enabled=true", "spec.rollout");
    }

    @Test
    void whoAsksForNone_isToldNothing() {
        sandbox.inStep(PASSWORD + "\nrollout: {restart: Never}");

        assertThat(sandbox.externalSecret().status().condition(Condition.ROLLED_OUT)).isEmpty();
    }

    @Test
    void whoNoLongerAsks_isToldNothing() {
        sandbox.inStep(PASSWORD + "\nrollout: {restart: Consumers}");
        awaitToldOff();

        sandbox.apply(externalSecret(PASSWORD));

        sandbox.awaitStatus(
                "no word of it", status -> status.condition(Condition.ROLLED_OUT).isEmpty());
    }

    private Condition awaitToldOff() {
        return sandbox.awaitStatus(
                        "RolledOut=False/NotSupported",
                        status ->
                                status.condition(Condition.ROLLED_OUT)
                                        .filter(c -> !c.holds())
                                        .filter(c -> "NotSupported".equals(c.reason()))
                                        .isPresent())
                .condition(Condition.ROLLED_OUT)
                .orElseThrow();
    }
}
