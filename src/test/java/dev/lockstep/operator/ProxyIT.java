package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import dev.lockstep.sandbox.OperatorProcess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator where AWS is behind a proxy that its environment names. */
class ProxyIT {
    @TempDir private Path folder;

    @Test
    void theProxyOfTheEnvironment_isUsedForAws_andNotForKubernetes() {
        try (var proxy = EmbeddedAws.start();
                var kubernetes = EmbeddedKubernetes.start()) {
            kubernetes.applyCrds(Path.of("crds"));
            proxy.client()
                    .createSecret(
                            r -> r.name(Sandbox.KEY).secretString("{\"password\": \"first\"}"));
            for (var yaml :
                    new String[] {
                        Sandbox.CREDENTIALS,
                        Sandbox.store(""),
                        Sandbox.externalSecret(Sandbox.PASSWORD)
                    }) {
                kubernetes.client().load(Tenant.stream(yaml)).serverSideApply();
            }
            var environment =
                    Map.of(
                            "HTTP_PROXY", proxy.endpoint().toString(),
                            "NO_PROXY", "127.0.0.1",
                            "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://secretsmanager.invalid",
                            "LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", "default");

            try (var operator =
                    OperatorProcess.start(
                            kubernetes.kubeconfig(folder), proxy.endpoint(), environment)) {
                await("the Secret")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> secretExists(kubernetes.client()));
                assertThat(operator.isAlive()).isTrue();
            }
        }
    }

    private static boolean secretExists(KubernetesClient client) {
        return client.secrets().inNamespace(Sandbox.NAMESPACE).withName(Sandbox.NAME).get() != null;
    }
}
