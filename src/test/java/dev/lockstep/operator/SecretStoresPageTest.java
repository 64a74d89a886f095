package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docs/secret-stores.md does what it says: each store becomes valid. */
class SecretStoresPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void eachStore_becomesValid() throws IOException {
        var page = Files.readString(Path.of("docs/secret-stores.md"));
        sandbox.aws
                .iam()
                .trustOnly(
                        "arn:aws:iam::123456789012:role/database-reader",
                        "system:serviceaccount:default:database-reader");

        YAML.matcher(page).results().map(r -> r.group(1)).forEach(this::apply);

        sandbox.operator().awaitStore("default", "by-service-account", "Valid");
        sandbox.operator().awaitStore("default", "by-access-key", "Valid");
        await("the ClusterSecretStore")
                .untilAsserted(
                        () ->
                                assertThat(clusterStore().flatMap(SecretStoresPageTest::ready))
                                        .map(Condition::reason)
                                        .contains("Valid"));
    }

    private void apply(String example) {
        for (var document : example.split("(?m)^---$")) {
            sandbox.apply(
                    document.contains("kind: Cluster")
                            ? document
                            : document.replaceFirst(
                                    "metadata:\n", "metadata:\n  namespace: default\n"));
        }
    }

    private Optional<ClusterSecretStore> clusterStore() {
        return Optional.ofNullable(
                sandbox.client()
                        .resources(ClusterSecretStore.class)
                        .withName("watched-closely")
                        .get());
    }

    private static Optional<Condition> ready(ClusterSecretStore store) {
        return store.status().condition(Condition.READY);
    }
}
