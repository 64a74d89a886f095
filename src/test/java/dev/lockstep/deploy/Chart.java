package dev.lockstep.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.sandbox.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart: its files, and what Helm makes of them. */
public final class Chart {
    static final Path FOLDER = Path.of("helm", "lockstep");
    static final String NAMESPACE = "lockstep-system";

    /** Every value that brings something, as a file for {@code --values}. */
    static final Path EVERYTHING =
            Path.of("src/test/resources/dev/lockstep/deploy/everything.yaml");

    /** Two namespaces, which Helm does not create. */
    static final Path SCOPED = Path.of("src/test/resources/dev/lockstep/deploy/scoped.yaml");

    private Chart() {}

    static JsonNode values() {
        return Serialization.unmarshal(text("values.yaml"), JsonNode.class);
    }

    static JsonNode schema() {
        try {
            return new ObjectMapper().readTree(text("values.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("values.schema.json is no JSON", e);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The arguments of {@code helm template} for a release named as the chart. */
    static String[] template(String... options) {
        return Stream.concat(
                        Stream.of("template", "lockstep", FOLDER.toString(), "-n", NAMESPACE),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    /** What Helm renders, as it would send it. */
    static Rendered render(String... options) {
        var yaml = Helm.withoutCluster().run(template(options)).successful();
        var resources = new ArrayList<HasMetadata>();
        for (var document : yaml.split("(?m)^---$")) {
            if (!document.isBlank()) {
                resources.add(Serialization.unmarshal(document, HasMetadata.class));
            }
        }
        return new Rendered(resources);
    }

    /** Rendered resources. */
    record Rendered(List<HasMetadata> resources) {

        <T extends HasMetadata> List<T> all(Class<T> type) {
            return resources.stream().filter(type::isInstance).map(type::cast).toList();
        }

        <T extends HasMetadata> T the(Class<T> type) {
            var all = all(type);
            if (all.size() != 1) {
                throw new AssertionError(all.size() + " of " + type.getSimpleName());
            }
            return all.get(0);
        }

        List<String> kinds() {
            return resources.stream().map(HasMetadata::getKind).sorted().distinct().toList();
        }

        /** The operator's options, by environment variable. */
        Map<String, String> options() {
            return Chart.options(the(Deployment.class));
        }
    }

    /** The operator's options in a Deployment, by environment variable. */
    public static Map<String, String> options(Deployment deployment) {
        var options = new LinkedHashMap<String, String>();
        for (var variable :
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv()) {
            if (variable.getName().startsWith("LOCKSTEP_")) {
                options.put(variable.getName(), variable.getValue());
            }
        }
        return options;
    }
}
