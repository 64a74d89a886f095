package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBinariesTest {

    @TempDir Path folder;

    @Test
    void aMissingServer_failsAndNamesTheRemedy() {
        var binaries = new TestBinaries(Map.of("LOCKSTEP_CACHE", folder.toString()));

        assertThatThrownBy(binaries::kubernetes)
                .hasMessageContaining(folder.resolve("k8s").toString())
                .hasMessageContaining("hack/kube-api-server");
        assertThatThrownBy(binaries::motoServer)
                .hasMessageContaining(folder.resolve("moto").toString())
                .hasMessageContaining("hack/moto");
        assertThatThrownBy(() -> binaries.helm("helm"))
                .hasMessageContaining(folder.resolve("helm").toString())
                .hasMessageContaining("hack/helm");
        assertThatThrownBy(binaries::goTemplates)
                .hasMessageContaining(folder.resolve("gotpl").toString())
                .hasMessageContaining("hack/gotpl/build");
    }

    @Test
    void theEnvironment_namesOtherPlaces() throws IOException {
        var assets = Files.createDirectory(folder.resolve("assets"));
        for (var program : new String[] {"etcd", "kube-apiserver", "moto", "helm", "gotpl"}) {
            assertThat(Files.createFile(assets.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
        var binaries =
                new TestBinaries(
                        Map.of(
                                "KUBEBUILDER_ASSETS", assets.toString(),
                                "LOCKSTEP_HELM", assets.toString(),
                                "LOCKSTEP_GOTPL", assets.resolve("gotpl").toString(),
                                "MOTO_SERVER", assets.resolve("moto").toString()));

        assertThat(binaries.kubernetes()).isEqualTo(assets);
        assertThat(binaries.motoServer()).isEqualTo(assets.resolve("moto"));
        assertThat(binaries.helm("helm")).isEqualTo(assets.resolve("helm"));
        assertThat(binaries.goTemplates()).isEqualTo(assets.resolve("gotpl"));
    }
}
