package dev.lockstep.sandbox;

import dev.lockstep.sandbox.embedded.KubernetesApi;
import dev.lockstep.sandbox.embedded.Requests;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A Kubernetes API inside this JVM, on a free loopback port, without TLS: enough for an operator,
 * ready in half a second, nothing to install. What it cannot do, {@link
 * dev.lockstep.sandbox.embedded} tells; {@link KubeApiServer} is the real one.
 *
 * <p>It begins with the namespaces {@code default} and {@code kube-system}; no other needs to exist
 * for objects to be created in it.
 */
public final class EmbeddedKubernetes implements AutoCloseable {

    /** Held here because a logger that nobody holds forgets its level. */
    private static final Logger EVERY_REQUEST = Logger.getLogger(MockWebServer.class.getName());

    private static final String OPERATOR_TOKEN = "sandbox-operator";
    private static final String ADMIN_TOKEN = "sandbox-admin";

    private final MockWebServer server = new MockWebServer();
    // The mock server keeps every request until somebody takes it.
    private final KubernetesApi api = new KubernetesApi(OPERATOR_TOKEN, server::reset);
    private final KubernetesClient client;

    private EmbeddedKubernetes() {
        EVERY_REQUEST.setLevel(Level.WARNING);
        server.setDispatcher(api);
        server.start();
        client = new KubernetesClientBuilder().withConfig(config(ADMIN_TOKEN)).build();
    }

    /** Starts one, empty but for its first namespaces. */
    public static EmbeddedKubernetes start() {
        var kubernetes = new EmbeddedKubernetes();
        for (var name : List.of("default", "kube-system")) {
            var namespace = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata();
            kubernetes.client.resource(namespace.build()).create();
        }
        return kubernetes;
    }

    /** The sandbox's own client, closed with it; what it asks is not counted. */
    public KubernetesClient client() {
        return client;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** How the operator under test reaches this API; its requests are counted. */
    public Config operatorConfig() {
        return config(OPERATOR_TOKEN);
    }

    /** The same as a file, for an operator outside of this JVM. */
    public Path kubeconfig(Path folder) {
        return KubeconfigFile.write(folder, operatorConfig());
    }

    /** What the operator has asked since the start. */
    public Requests requests() {
        return api.requests();
    }

    /**
     * Creates or replaces every resource in the YAML files of that folder, files in the order of
     * their names; a folder that does not exist holds none.
     */
    public void applyCrds(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (var file : yamlFiles(folder)) {
            try (var content = Files.newInputStream(file)) {
                client.load(content).serverSideApply();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        server.shutdown();
    }

    private Config config(String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url().toString())
                .withOauthToken(token)
                .withNamespace("default")
                .build();
    }

    private static List<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            var yaml = new ArrayList<Path>();
            files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().forEach(yaml::add);
            return yaml;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
