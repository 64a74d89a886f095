package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docs/external-secrets.md does what it says: each ExternalSecret makes the Secret below it. */
class ExternalSecretsPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REMOTE =
            Pattern.compile("create-secret --name (\\S+) --secret-string '(.*?)'");
    private static final Pattern PRESENT =
            Pattern.compile("create secret generic (\\S+) --from-literal=(\\w+)=(\\w+)");

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void eachExample_makesTheSecretBelowIt() throws IOException {
        var page = Files.readString(Path.of("docs/external-secrets.md"));
        REMOTE.matcher(page).results().forEach(r -> sandbox.create(r.group(1), r.group(2)));
        PRESENT.matcher(page).results().forEach(r -> present(r.group(1), r.group(2), r.group(3)));

        var examples = YAML.matcher(page).results().map(r -> r.group(1)).toList();

        assertThat(examples).hasSize(6);
        for (var i = 0; i < examples.size(); i += 2) {
            sandbox.apply(
                    examples.get(i).replace("metadata:\n", "metadata:\n  namespace: default\n"));
            var made = Serialization.unmarshal(examples.get(i + 1), Secret.class);
            sandbox.operator()
                    .awaitData("default", made.getMetadata().getName(), made.getStringData());
        }
    }

    private void present(String name, String key, String value) {
        var secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .addToStringData(key, value)
                        .build();
        sandbox.client().resource(secret).create();
    }
}
