package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/parameter-store.md does what it says: its resources make the Secrets that it shows. */
class ParameterStorePageTest {
    private static final String PAGE = page();
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PUT =
            Pattern.compile("put-parameter --type (\\w+) --name (\\S+) --value '(.*?)'");

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        PUT.matcher(PAGE)
                .results()
                .forEach(
                        put ->
                                sandbox.aws
                                        .parameters()
                                        .putParameter(
                                                r ->
                                                        r.type(put.group(1))
                                                                .name(put.group(2))
                                                                .value(put.group(3))));
        blocks().stream()
                .filter(block -> !isSecret(block))
                .map(ParameterStorePageTest::inNamespace)
                .forEach(sandbox::apply);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void secret_isMadeAsItIsShown(String name) {
        var secret =
                blocks().stream()
                        .filter(ParameterStorePageTest::isSecret)
                        .map(block -> Serialization.unmarshal(block, Secret.class))
                        .filter(one -> one.getMetadata().getName().equals(name))
                        .findFirst()
                        .orElseThrow();

        sandbox.operator().awaitData(NAMESPACE, name, secret.getStringData());
    }

    @Test
    void everyExternalSecret_hasItsSecret() {
        assertThat(named("ExternalSecret")).isNotEmpty().isEqualTo(shown());
    }

    static List<String> shown() {
        return named("Secret");
    }

    private static List<String> named(String kind) {
        return blocks().stream()
                .map(block -> Serialization.unmarshal(block, GenericKubernetesResource.class))
                .filter(resource -> resource.getKind().equals(kind))
                .map(resource -> resource.getMetadata().getName())
                .toList();
    }

    private static boolean isSecret(String block) {
        return block.contains("kind: Secret\n");
    }

    private static String inNamespace(String block) {
        var resource = Serialization.unmarshal(block, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(NAMESPACE);
        return Serialization.asYaml(resource);
    }

    private static List<String> blocks() {
        return YAML.matcher(PAGE).results().map(block -> block.group(1)).toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs", "parameter-store.md"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page", e);
        }
    }
}
