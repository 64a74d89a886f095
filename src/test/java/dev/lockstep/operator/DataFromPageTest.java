package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** docs/data-from.md does what it says: each of its ExternalSecrets makes the Secret below it. */
class DataFromPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CREATE =
            Pattern.compile(
                    "create-secret --name (\\S+) --secret-string '(.*?)' --tags Key=(\\w+),Value=(\\w+)");

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void eachExample_makesTheSecretBelowIt() throws IOException {
        var page = Files.readString(Path.of("docs/data-from.md"));
        createSecrets(page);
        var blocks = blocks(page);

        for (var i = 0; i < blocks.size(); i += 2) {
            sandbox.apply(inDefault(blocks.get(i)));
        }

        assertThat(blocks).hasSize(8);
        for (var i = 1; i < blocks.size(); i += 2) {
            var wanted = Serialization.unmarshal(blocks.get(i), Secret.class);
            var name = wanted.getMetadata().getName();
            await().untilAsserted(() -> assertThat(data(name)).contains(wanted.getStringData()));
        }
    }

    private void createSecrets(String page) {
        var commands = CREATE.matcher(page);
        while (commands.find()) {
            var tag = Tag.builder().key(commands.group(3)).value(commands.group(4)).build();
            sandbox.aws
                    .client()
                    .createSecret(
                            r ->
                                    r.name(commands.group(1))
                                            .secretString(commands.group(2))
                                            .tags(tag));
        }
    }

    private static List<String> blocks(String page) {
        var blocks = new ArrayList<String>();
        var matcher = YAML.matcher(page);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static String inDefault(String yaml) {
        return yaml.replaceFirst("metadata:\n", "metadata:\n  namespace: default\n");
    }

    private Optional<Map<String, String>> data(String name) {
        var secret = sandbox.client().secrets().inNamespace("default").withName(name).get();
        return Optional.ofNullable(secret)
                .map(
                        found -> {
                            var texts = new TreeMap<String, String>();
                            found.getData().forEach((key, value) -> texts.put(key, decode(value)));
                            return texts;
                        });
    }

    private static String decode(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
