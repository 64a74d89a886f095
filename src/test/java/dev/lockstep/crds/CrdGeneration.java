package dev.lockstep.crds;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterGenerator;
import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.EcrAuthorizationToken;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FakeGenerator;
import dev.lockstep.api.PasswordGenerator;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.SshKeyGenerator;
import dev.lockstep.api.StsSessionToken;
import dev.lockstep.api.UuidGenerator;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the CRDs from the Java types. */
final class CrdGeneration {

    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(
                    ExternalSecret.class,
                    ClusterExternalSecret.class,
                    SecretStore.class,
                    ClusterSecretStore.class,
                    PasswordGenerator.class,
                    UuidGenerator.class,
                    SshKeyGenerator.class,
                    FakeGenerator.class,
                    EcrAuthorizationToken.class,
                    StsSessionToken.class,
                    ClusterGenerator.class);

    private static final String HEADER =
            "# Generated from dev.lockstep.api by ./mvnw test -Dtest=CrdsTest -Dcrds.update=true\n";

    private CrdGeneration() {}

    /** The YAML of each CRD by the name of its file. */
    static SortedMap<String, String> generate() {
        var output = new InMemory();
        new CRDGenerator()
                .customResourceClasses(KINDS)
                .forCRDVersions("v1")
                .withPostProcessor(new CrdRefinement(KINDS))
                .withOutput(output)
                .generate();
        var files = new TreeMap<String, String>();
        output.streams.forEach((name, stream) -> files.put(fileName(name), yaml(stream)));
        return files;
    }

    /** The generator appends the version of the CRD format, which has been the same for years. */
    private static String fileName(String outputName) {
        return outputName.replaceFirst("-v1$", "") + ".yaml";
    }

    /**
     * With our header in place of the generator's, which does not tell how to run it. Every text is
     * quoted, because kubectl takes a bare {@code Off} for a boolean.
     */
    private static String yaml(ByteArrayOutputStream stream) {
        var text = stream.toString(StandardCharsets.UTF_8);
        return HEADER + text.substring(text.indexOf("apiVersion:"));
    }

    private static final class InMemory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        private final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();

        @Override
        public ByteArrayOutputStream outputFor(String name) {
            var stream = new ByteArrayOutputStream();
            streams.put(name, stream);
            return stream;
        }

        @Override
        public void close() {}
    }
}
