package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a window, and what does not. */
class SyncWindowsTest {
    private static final Map<String, String> SECOND = Map.of("password", "second");

    private final Sandbox sandbox = Sandbox.start();

    /** In step, although its window is shut: creation does not wait. */
    @BeforeEach
    void inStep() {
        sandbox.inStep(Sandbox.PASSWORD + opensIn(Duration.ofHours(1)));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aMovedVersion_isSyncedWhenTheWindowOpens_withoutAReadBefore() {
        var reads = sandbox.aws.calls("GetSecretValue");
        rotate();
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
        assertThat(sandbox.aws.calls("GetSecretValue")).isEqualTo(reads);

        sandbox.apply(Sandbox.externalSecret(Sandbox.PASSWORD + opensIn(Duration.ofSeconds(3))));

        sandbox.awaitData(SECOND);
        sandbox.awaitStatus(
                "in step",
                status ->
                        status.condition(Condition.READY)
                                .filter(ready -> ready.message().contains("the current version"))
                                .isPresent());
    }

    @Test
    void drift_isRepairedAtOnce_withTheVersionOfNow() {
        rotate();
        sandbox.client()
                .secrets()
                .inNamespace(Sandbox.NAMESPACE)
                .withName(Sandbox.NAME)
                .edit(
                        secret -> {
                            secret.setData(Map.of("password", "b3RoZXI="));
                            return secret;
                        });
        sandbox.awaitData(SECOND);
    }

    @Test
    void forceSync_doesNotWait() {
        rotate();
        sandbox.forceSync("now");
        sandbox.awaitData(SECOND);
    }

    @Test
    void aChangedSpec_doesNotWait() {
        rotate();
        sandbox.apply(
                Sandbox.externalSecret(
                        Sandbox.PASSWORD.replace("secretKey: password", "secretKey: pw")
                                + opensIn(Duration.ofHours(1))));
        sandbox.awaitData(Map.of("pw", "second"));
    }

    @Test
    void aScheduleThatCannotBeRead_isInvalidSpec_andLeavesTheSecret() {
        sandbox.apply(
                Sandbox.externalSecret(
                        Sandbox.PASSWORD
                                + "\nsyncWindows: {kind: deny, windows: [{schedule: '0 25 * * *', duration: 1h}]}"));
        assertThat(sandbox.awaitReady("InvalidSpec").message())
                .startsWith(
                        "spec.syncWindows.windows[0].schedule: '0 25 * * *' is no schedule; its hour '25' is wrong");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    /** A new version, which waits. */
    private void rotate() {
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitStatus(
                "waiting for the window",
                status ->
                        status.condition(Condition.READY)
                                .filter(Condition::holds)
                                .filter(ready -> ready.message().contains("waits until"))
                                .isPresent());
    }

    /** A window that opens once, then: its period is the time since 1970. */
    private static String opensIn(Duration time) {
        return "\nsyncWindows: {kind: allow, windows: [{schedule: '@every %ds', duration: 1h}]}"
                .formatted(Instant.now().plus(time).getEpochSecond());
    }
}
