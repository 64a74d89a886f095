package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy that removes data takes for gone, with versions watched and not. */
class GoneByModeTest {
    private static final String DELETE = "\ntarget: {deletionPolicy: Delete}";
    private static final String ELSEWHERE =
            "data: [{secretKey: password, remoteRef: {key: prod/databose, property: password}}]";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Describe", "List", "Off"})
    void aKeyThatIsMistyped_isNotFound_andTheSecretStays(String mode) {
        watchBy(mode);
        sandbox.inStep(Sandbox.PASSWORD + DELETE);

        sandbox.apply(externalSecret(ELSEWHERE + DELETE));

        assertThat(sandbox.awaitReady("NotFound").message()).contains("prod/databose");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Describe", "List", "Off"})
    void aSecretThatIsDeleted_takesTheDataWithIt(String mode) {
        watchBy(mode);
        sandbox.inStep(Sandbox.PASSWORD + DELETE + "\nrefreshInterval: 1s");

        sandbox.aws.client().deleteSecret(r -> r.secretId(KEY).forceDeleteWithoutRecovery(true));

        sandbox.awaitReady("SecretDeleted");
        assertThat(sandbox.data()).isEqualTo(Map.of());
    }

    private void watchBy(String mode) {
        sandbox.apply(
                Sandbox.store("").replace("{interval: 1s,", "{mode: " + mode + ", interval: 1s,"));
    }
}
