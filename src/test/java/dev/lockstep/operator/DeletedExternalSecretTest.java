package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ExternalSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an ExternalSecret used is let go with it, and costs no call any more. */
class DeletedExternalSecretTest {
    private static final String OTHER = "prod/other";

    private final Sandbox sandbox = Sandbox.start();

    @BeforeEach
    void begin() {
        sandbox.apply(describing(""));
        sandbox.create(OTHER, "{\"password\": \"first\"}");
        sandbox.inStep();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void itsKeys_areNotWatchedAnyMore() {
        apply("other", "aws");
        await().until(() -> describes(OTHER) > 1);
        delete("other");
        assertNotWatched();
    }

    /**
     * The deletion is seen while its reconciliation waits for AWS, which comes to no end before.
     */
    @Test
    void itsKeys_areNotWatchedEvenIfItGoesWhileItIsReconciled() {
        sandbox.apply(
                describing("role: arn:aws:iam::123456789012:role/reader")
                        .replace("{name: aws,", "{name: slow,"));
        sandbox.operator().awaitStore(NAMESPACE, "slow", "Valid");
        try (var hold = sandbox.aws.faults().hold("AssumeRole")) {
            sandbox.apply(
                    describing("role: arn:aws:iam::123456789012:role/other")
                            .replace("{name: aws,", "{name: slow,"));
            await().until(() -> hold.waiting() > 0);
            apply("other", "slow");
            await().until(() -> hold.waiting() > 0);
            delete("other");
            marker();
        }
        assertNotWatched();
    }

    /** A call then names its key. */
    private static String describing(String settings) {
        return Sandbox.store(settings).replace("{interval:", "{mode: Describe, interval:");
    }

    /** Another ExternalSecret is in step, so that the operator has seen what was before. */
    private void marker() {
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD + "\ntarget: {name: marker}")
                        .replace("{name: " + NAME + ",", "{name: marker,"));
        sandbox.operator().awaitData(NAMESPACE, "marker", Sandbox.DATA);
    }

    private void assertNotWatched() {
        await().until(this::looksAtTheOtherKeyOnly);
        assertThat(describes(KEY)).isPositive();
    }

    private boolean looksAtTheOtherKeyOnly() {
        sandbox.aws.forgetRequests();
        await().until(() -> describes(KEY) > 2);
        return describes(OTHER) == 0;
    }

    private void apply(String name, String store) {
        sandbox.apply(
                externalSecret(
                                "secretStoreRef: {name: "
                                        + store
                                        + "}\ndata: [{secretKey: p, remoteRef: {key: "
                                        + OTHER
                                        + "}}]")
                        .replace("{name: " + NAME + ",", "{name: " + name + ","));
    }

    private void delete(String name) {
        sandbox.client()
                .resources(ExternalSecret.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
    }

    private long describes(String key) {
        return sandbox.aws.requests("DescribeSecret").stream()
                .filter(request -> request.secretIds().contains(key))
                .count();
    }
}
