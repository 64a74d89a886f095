package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server takes and refuses under our CRDs; each file is one situation. */
@RealApiServer
class CrdValidationTest {

    private static final String REFUSED = "# refused: ";

    private static ScratchNamespace namespace;

    @BeforeAll
    static void installCrds(KubernetesClient admin) {
        CrdInstallation.install(admin);
        namespace = new ScratchNamespace(admin);
    }

    @AfterAll
    static void cleanUp() {
        namespace.close();
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void whatMakesSense_isTaken(String file) {
        assertThatCode(() -> namespace.tryToCreate(ResourceFile.read(file)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("invalidFiles")
    void whatMakesNoSense_isRefusedWithTheMessageInTheFile(String file, String message) {
        assertThatThrownBy(() -> namespace.tryToCreate(ResourceFile.read(file)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    /** The rule about equal keys must never refuse an object because it costs too much. */
    @ParameterizedTest
    @CsvSource({"256, 76", "256, 253", "140, 253", "141, 253"})
    void manyDifferentKeys_areTakenHoweverLong(int entries, int length) {
        assertThatCode(() -> namespace.tryToCreate(withKeys(entries, length)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"256, 76", "140, 253"})
    void twoEqualKeysAmongMany_areFound(int entries, int length) {
        var resource = withKeys(entries, length);
        List<Object> data = resource.get("spec", "data");
        data.set(entries - 1, data.get(0));

        assertThatThrownBy(() -> namespace.tryToCreate(resource))
                .hasMessageContaining("two entries of data have the same secretKey");
    }

    @Test
    void moreThan256Entries_areRefused() {
        assertThatThrownBy(() -> namespace.tryToCreate(withKeys(257, 10)))
                .hasMessageContaining("spec.data: Too many: 257: must have at most 256 items");
    }

    static Stream<String> validFiles() throws IOException {
        return files("valid-");
    }

    static Stream<Arguments> invalidFiles() throws IOException {
        return files("invalid-").map(file -> Arguments.of(file, refusal(file)));
    }

    private static Stream<String> files(String prefix) throws IOException {
        try (var files = Files.list(ResourceFile.FOLDER)) {
            var names = files.map(file -> file.getFileName().toString());
            return names.filter(name -> name.startsWith(prefix)).sorted().toList().stream();
        }
    }

    /** The message that a file expects, from its first line. */
    private static String refusal(String file) {
        var first = ResourceFile.content(file).lines().findFirst().orElseThrow();
        assertThat(first).as("first line of %s", file).startsWith(REFUSED);
        return first.substring(REFUSED.length());
    }

    private static GenericKubernetesResource withKeys(int entries, int length) {
        var data = new ArrayList<Object>();
        for (int i = 0; i < entries; i++) {
            var key = "k".repeat(length - 3) + (100 + i);
            data.add(Map.of("secretKey", key, "remoteRef", Map.of("key", "prod/database")));
        }
        var resource = ResourceFile.read("valid-smallest.yaml");
        resource.<Map<String, Object>>get("spec").put("data", data);
        return resource;
    }
}
