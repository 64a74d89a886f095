package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applies every example of docs/generators.md. */
class GeneratorsPageTest {
    private static final Path PAGE = Path.of("docs", "generators.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What each ExternalSecret of the page makes. */
    private static final Map<String, Set<String>> KEYS =
            Map.of(
                    "database-password", Set.of("password"),
                    "deploy-key", Set.of("ssh-privatekey", "ssh-publickey"),
                    "registry-login",
                            Set.of("username", "password", "proxy_endpoint", "expires_at"),
                    "request-id", Set.of("uuid"));

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void everyExample_makesItsSecret() throws IOException {
        var found = new HashMap<String, Set<String>>();
        for (var block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
            for (var yaml : block.group(1).split("(?m)^---$")) {
                var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
                var name = resource.getMetadata().getName();
                if (!resource.getKind().equals("ClusterGenerator")) {
                    resource.getMetadata().setNamespace(NAMESPACE);
                }
                sandbox.apply(Serialization.asYaml(resource));
                if (resource.getKind().equals("ExternalSecret")) {
                    sandbox.operator()
                            .awaitExternalSecret(NAMESPACE, name, Condition.READY, "SecretSynced");
                    found.put(
                            name, sandbox.operator().data(NAMESPACE, name).orElseThrow().keySet());
                }
            }
        }

        assertThat(found).isEqualTo(KEYS);
    }
}
