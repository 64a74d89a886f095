package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.externalSecret;
import static dev.lockstep.operator.Sandbox.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.aws.Fault;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stores that cannot be used any more, under a Secret that was in step: store and ExternalSecret
 * say why, and the Secret is left as it is.
 */
class BadStoreTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private final Sandbox sandbox = Sandbox.start();
    private String resourceVersion;

    @BeforeEach
    void begin() {
        sandbox.inStep();
        resourceVersion = sandbox.secret().getMetadata().getResourceVersion();
    }

    @AfterEach
    void assertSecretUntouched() {
        var untouched = sandbox.secret();
        sandbox.close();
        assertThat(untouched.getMetadata().getResourceVersion()).isEqualTo(resourceVersion);
    }

    @Test
    void anUnknownRegion_isToldByStoreAndExternalSecret() {
        sandbox.apply(store("").replace("eu-central-1", "atlantis-1"));
        assertThat(sandbox.awaitStore("InvalidProviderConfig").message()).contains("atlantis-1");
        assertThat(sandbox.awaitReady("StoreNotReady").message())
                .contains("SecretStore/aws cannot be used", "atlantis-1");
    }

    @Test
    void aMissingCredentialSecret_isNamed() {
        sandbox.client().secrets().inNamespace("default").withName("aws-credentials").delete();
        assertThat(sandbox.awaitStore("InvalidProviderConfig").message())
                .contains("CredentialsMissing", "aws-credentials");
        assertThat(sandbox.awaitReady("CredentialsMissing").message()).contains("aws-credentials");
    }

    @Test
    void aMissingCredentialKey_isNamed() {
        sandbox.apply(store("").replace("key: access-key-id}", "key: other}"));
        assertThat(sandbox.awaitReady("CredentialsMissing").message())
                .contains("other", "aws-credentials");
    }

    @Test
    void aServiceAccountWithoutRole_isToldWhatToAnnotate() {
        sandbox.apply(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: reader, namespace: default}
                """);
        sandbox.apply(jwtStore("reader"));
        assertThat(sandbox.awaitReady("CredentialsMissing").message())
                .contains("eks.amazonaws.com/role-arn", "reader");
    }

    @Test
    void aRoleThatDoesNotTrustTheServiceAccount_isAssumeRoleDenied() {
        sandbox.aws.iam().denyRole(ROLE);
        sandbox.apply(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: reader
                  namespace: default
                  annotations: {eks.amazonaws.com/role-arn: %s}
                """
                        .formatted(ROLE));
        sandbox.apply(jwtStore("reader"));
        assertThat(sandbox.awaitReady("AssumeRoleDenied").message()).contains(ROLE, "trust policy");
    }

    private static String jwtStore(String account) {
        return """
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata: {name: aws, namespace: default}
        spec:
          provider:
            aws:
              service: SecretsManager
              region: eu-central-1
              auth: {jwt: {serviceAccountRef: {name: %s}}}
        """
                .formatted(account);
    }

    @Test
    void aDeniedRole_isAssumeRoleDenied_untilItIsAllowed() {
        sandbox.aws.iam().denyRole(ROLE);
        sandbox.apply(store("role: " + ROLE));
        assertThat(sandbox.awaitReady("AssumeRoleDenied").message())
                .contains(ROLE, "sts:AssumeRole");
    }

    @Test
    void anotherNamespacesRole_isDenied_andNothingIsReadWithIt() {
        sandbox.aws.iam().trustOnly(ROLE, "system:serviceaccount:other:reader");
        sandbox.aws.forgetRequests();
        sandbox.apply(store("role: " + ROLE));
        sandbox.awaitReady("AssumeRoleDenied");
        assertThat(sandbox.aws.calls("GetSecretValue") + sandbox.aws.calls("BatchGetSecretValue"))
                .isZero();
    }

    @Test
    void anotherProvider_isNotSupported() {
        sandbox.client()
                .genericKubernetesResources("external-secrets.io/v1", "SecretStore")
                .inNamespace("default")
                .withName("aws")
                .delete();
        sandbox.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: aws, namespace: default}
                spec: {provider: {vault: {server: https://vault.example.org}}}
                """);
        assertThat(sandbox.awaitStore("NotSupported").message()).contains("spec.provider.vault");
        assertThat(sandbox.awaitReady("StoreNotReady").message()).contains("spec.provider.vault");
    }

    @Test
    void aForeignNamespaceInAReference_isRefusedBeforeAnythingIsAsked() {
        sandbox.aws.forgetRequests();
        sandbox.apply(
                store("")
                        .replace(
                                "key: access-key-id}",
                                "key: access-key-id, namespace: kube-system}"));
        assertThat(sandbox.awaitStore("InvalidProviderConfig").message())
                .contains("namespace", "kube-system");
        sandbox.awaitReady("StoreNotReady");
        assertThat(sandbox.aws.requests("GetSecretValue")).isEmpty();
    }

    @Test
    void aStoreOfAnotherClass_isLeftAlone_andSoIsItsExternalSecret() {
        var status = sandbox.status();
        sandbox.apply(store("").replace("spec:\n", "spec:\n  controller: other\n"));
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\nrefreshInterval: 2h"));
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD)
                        .replace("name: database,", "name: probe,")
                        .replace("{name: aws}", "{name: missing}"));
        sandbox.operator().awaitExternalSecret("default", "probe", "Ready", "StoreNotFound");
        assertThat(sandbox.status().syncedResourceVersion())
                .isEqualTo(status.syncedResourceVersion());
    }

    @Test
    void aThrottledRole_leavesTheStoreValid() {
        sandbox.aws.faults().on("AssumeRole", Fault.THROTTLED);
        sandbox.apply(store("role: " + ROLE));
        sandbox.awaitSource("Throttled");
        sandbox.aws.faults().clear();
        sandbox.awaitSource("Available");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
        resourceVersion = sandbox.secret().getMetadata().getResourceVersion();
    }

    @Test
    void rotatedCredentials_wakeTheExternalSecret() {
        sandbox.client().secrets().inNamespace("default").withName("aws-credentials").delete();
        sandbox.awaitReady("CredentialsMissing");
        sandbox.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: aws-credentials, namespace: default}
                data: {access-key-id: QUtJQU5FVw==, secret-access-key: bmV3}
                """);
        sandbox.awaitReady("SecretSynced");
        await().until(
                        () ->
                                sandbox.secret()
                                                .getMetadata()
                                                .getResourceVersion()
                                                .equals(resourceVersion)
                                        ? Map.of()
                                        : sandbox.data(),
                        Sandbox.DATA::equals);
        resourceVersion = sandbox.secret().getMetadata().getResourceVersion();
    }
}
