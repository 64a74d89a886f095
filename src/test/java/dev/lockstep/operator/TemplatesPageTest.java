package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of docs/templates.md: each block of YAML, and the Secret that it is said to make.
 */
class TemplatesPageTest {
    private static final Path PAGE = Path.of("docs", "templates.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```(yaml|json)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static Sandbox sandbox;

    /** Resources to apply, and the Secret that comes of them. */
    record Example(String resources, Secret secret) {
        @Override
        public String toString() {
            return secret.getMetadata().getName();
        }
    }

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        sandbox.create(KEY, blocks("json").get(0));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_makesTheSecretThatIsShown(Example example) {
        for (var resource : example.resources().split("(?m)^---$")) {
            sandbox.apply(inNamespace(resource));
        }

        var shown = example.secret();
        var name = shown.getMetadata().getName();
        sandbox.operator().awaitData(NAMESPACE, name, shown.getStringData());
        var made = sandbox.client().secrets().inNamespace(NAMESPACE).withName(name).get();
        assertThat(made.getType()).isEqualTo(shown.getType());
        assertThat(made.getMetadata().getLabels())
                .containsAllEntriesOf(orEmpty(shown.getMetadata().getLabels()));
        assertThat(made.getMetadata().getAnnotations())
                .containsAllEntriesOf(orEmpty(shown.getMetadata().getAnnotations()));
    }

    @Test
    void everyBlockOfYaml_isAnExampleOrItsSecret() {
        assertThat(examples()).hasSize(blocks("yaml").size() / 2).hasSizeGreaterThan(4);
    }

    static List<Example> examples() {
        var examples = new ArrayList<Example>();
        var blocks = blocks("yaml");
        for (int i = 0; i + 1 < blocks.size(); i += 2) {
            examples.add(
                    new Example(
                            blocks.get(i),
                            Serialization.unmarshal(blocks.get(i + 1), Secret.class)));
        }
        return examples;
    }

    private static String inNamespace(String yaml) {
        var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(NAMESPACE);
        return Serialization.asYaml(resource);
    }

    private static List<String> blocks(String language) {
        try {
            return BLOCK.matcher(Files.readString(PAGE))
                    .results()
                    .filter(block -> block.group(1).equals(language))
                    .map(block -> block.group(2).strip() + "\n")
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PAGE, e);
        }
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
