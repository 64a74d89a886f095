package dev.lockstep.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The YAML files beside these tests. */
final class ResourceFile {

    static final Path FOLDER = Path.of("src/test/resources/dev/lockstep/crds");

    private ResourceFile() {}

    /** A resource without type, so that a test can hold what our types refuse. */
    static GenericKubernetesResource read(String name) {
        return Serialization.unmarshal(content(name), GenericKubernetesResource.class);
    }

    static String content(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
