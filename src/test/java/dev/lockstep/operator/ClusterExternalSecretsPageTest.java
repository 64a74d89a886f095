package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterExternalSecretStatus.FailedNamespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/cluster-external-secrets.md. */
class ClusterExternalSecretsPageTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```(yaml|text)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String CREDENTIALS_NAMESPACE = "key: access-key-id, namespace: default}";

    @Test
    void theExamples_doWhatIsSaid() throws IOException {
        try (var sandbox = Sandbox.start()) {
            namespace(sandbox, "web", Map.of("pulls", "private"));
            namespace(sandbox, "batch", Map.of("pulls", "public"));
            namespace(sandbox, "builds", Map.of());
            sandbox.create("registry/password", "first");
            sandbox.apply(
                    Sandbox.store("")
                            .replace("kind: SecretStore", "kind: ClusterSecretStore")
                            .replace("{name: aws, namespace: default}", "{name: shared}")
                            .replace("key: access-key-id}", CREDENTIALS_NAMESPACE)
                            .replace(
                                    "key: secret-access-key}",
                                    "key: secret-access-key, namespace: default}"));
            var blocks = blocks();
            assertThat(blocks).hasSize(3);
            sandbox.apply(blocks.get(1));

            sandbox.apply(blocks.get(0));

            sandbox.operator().awaitData("web", "registry-login", Map.of("password", "first"));
            var clusters = sandbox.client().resources(ClusterExternalSecret.class);
            await().untilAsserted(
                            () -> {
                                var status = clusters.withName("registry").get().status();
                                assertThat(status.provisionedNamespaces()).containsExactly("web");
                                assertThat(status.failedNamespaces())
                                        .containsExactly(
                                                new FailedNamespace(
                                                        "builds", blocks.get(2).strip()));
                            });
        }
    }

    private static void namespace(Sandbox sandbox, String name, Map<String, String> labels) {
        sandbox.client()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withLabels(labels)
                                .endMetadata()
                                .build())
                .create();
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs", "cluster-external-secrets.md")))
                .results()
                .map(block -> block.group(2))
                .toList();
    }
}
