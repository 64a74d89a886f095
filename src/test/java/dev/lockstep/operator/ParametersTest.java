package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A store of Parameter Store, end to end. */
class ParametersTest {
    private final Sandbox sandbox = Sandbox.start();

    @BeforeEach
    void useParameters() {
        sandbox.apply(store(""));
        put("{\"password\": \"first\"}");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aParameterThatMoves_isFollowed_withoutReadsBetween() {
        inStep();
        put("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));

        var reads = reads();
        var looks = sandbox.aws.calls("DescribeParameters");
        await().until(() -> sandbox.aws.calls("DescribeParameters") > looks + 2);

        assertThat(reads()).isEqualTo(reads).isEqualTo(2);
    }

    @Test
    void aLabel_isCheckedAtTheRefreshInterval() {
        label(1);
        apply("key: /prod/database, version: prod, property: password", "1s");
        sandbox.awaitData(Sandbox.DATA);

        put("{\"password\": \"second\"}");
        label(2);

        sandbox.awaitData(Map.of("password", "second"));
    }

    @Test
    void aVersionInTheKey_isReadAsWritten() {
        put("{\"password\": \"second\"}");
        apply("key: \"/prod/database:1\", property: password", "1h");
        sandbox.awaitData(Sandbox.DATA);
    }

    @Test
    void aLabelThatIsMissing_isSaid_andTheSecretStays() {
        inStep();
        apply("key: /prod/database, version: nobody, property: password", "1h");

        assertThat(sandbox.awaitReady("VersionNotFound").message())
                .contains("parameter /prod/database has no label nobody");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @Test
    void aParameterThatIsDeleted_isNotFound_andTheSecretStays() {
        inStep();
        sandbox.aws.parameters().deleteParameter(r -> r.name("/prod/database"));

        assertThat(sandbox.awaitReady("NotFound").message())
                .contains("no parameter /prod/database in region eu-central-1");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @Test
    void whereDescribeParametersIsDenied_valuesAreReadAtTheRefreshInterval() {
        sandbox.aws.iam().deny("DescribeParameters");
        apply("key: /prod/database, property: password", "1s");
        sandbox.awaitData(Sandbox.DATA);

        put("{\"password\": \"second\"}");

        sandbox.awaitData(Map.of("password", "second"));
        sandbox.awaitReady("SecretSynced");
    }

    @Test
    void aParameterThatMayNotBeDecrypted_isSaid() {
        sandbox.aws.iam().denyKms("/prod/database");
        apply("key: /prod/database, property: password", "1h");

        assertThat(sandbox.awaitReady("KmsAccessDenied").message()).contains("kms:Decrypt");
    }

    @Test
    void aPropertyThatIsMissing_isSaid() {
        apply("key: /prod/database, property: nothing", "1h");

        sandbox.awaitReady("PropertyMissing");
    }

    @Test
    void extract_makesAKeyOfEachProperty_belowTheStoresPrefix() {
        sandbox.apply(store("prefix: /prod/"));
        sandbox.apply(Sandbox.externalSecret("dataFrom: [{extract: {key: database}}]"));

        sandbox.awaitData(Sandbox.DATA);
    }

    private void inStep() {
        apply("key: /prod/database, property: password", "1h");
        sandbox.awaitData(Sandbox.DATA);
        sandbox.awaitReady("SecretSynced");
    }

    private void apply(String remoteRef, String refreshInterval) {
        sandbox.apply(
                Sandbox.externalSecret(
                        """
                        refreshInterval: %s
                        data: [{secretKey: password, remoteRef: {%s}}]
                        """
                                .formatted(refreshInterval, remoteRef)));
    }

    private static String store(String settings) {
        return Sandbox.store(settings)
                .replace("service: SecretsManager", "service: ParameterStore");
    }

    private int reads() {
        return sandbox.aws.calls("GetParameter") + sandbox.aws.calls("GetParameters");
    }

    private void put(String value) {
        sandbox.aws
                .parameters()
                .putParameter(
                        r ->
                                r.name("/prod/database")
                                        .value(value)
                                        .type(ParameterType.SECURE_STRING)
                                        .overwrite(true));
    }

    private void label(long version) {
        sandbox.aws
                .parameters()
                .labelParameterVersion(
                        r -> r.name("/prod/database").parameterVersion(version).labels("prod"));
    }
}
