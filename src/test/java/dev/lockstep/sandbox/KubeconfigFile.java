package dev.lockstep.sandbox;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client's configuration as the file that kubectl and every other client reads. */
final class KubeconfigFile {

    private static final String NAME = "sandbox";

    private KubeconfigFile() {}

    static Path write(Path folder, Config config) {
        if (config.getImpersonateUsername() != null) {
            // Fabric8 7.5 reads past a kubeconfig's "as": its clients would be the admin.
            throw new IllegalArgumentException(
                    "a kubeconfig cannot impersonate; use a ServiceAccount");
        }
        try {
            // A temporary file is readable by its owner only, as a file with a token should be.
            var file = Files.createTempFile(folder, "kubeconfig-", ".yaml");
            return Files.writeString(file, Serialization.asYaml(kubeconfig(config)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a kubeconfig", e);
        }
    }

    private static io.fabric8.kubernetes.api.model.Config kubeconfig(Config config) {
        return new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext(NAME)
                .addNewCluster()
                .withName(NAME)
                .withNewCluster()
                .withServer(config.getMasterUrl())
                .withCertificateAuthorityData(config.getCaCertData())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(NAME)
                .withNewUser()
                .withToken(config.getOauthToken())
                .endUser()
                .endUser()
                .addNewContext()
                .withName(NAME)
                .withNewContext()
                .withCluster(NAME)
                .withUser(NAME)
                .withNamespace(config.getNamespace())
                .endContext()
                .endContext()
                .build();
    }
}
