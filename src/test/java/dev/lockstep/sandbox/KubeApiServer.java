package dev.lockstep.sandbox;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real Kubernetes API server with its etcd, on loopback: schemas, CEL rules, RBAC, server-side
 * apply, conflicts and watches are those of a cluster. There are no nodes, and no controllers
 * unless {@link #startControllerManager} brings them: owner references are not followed, a deleted
 * namespace stays, Deployments make no pods.
 *
 * <p>All of it is thrown away at {@link #close}.
 */
public final class KubeApiServer implements AutoCloseable {

    /** The version that hack/kube-api-server builds. */
    static final String VERSION = "1.36.3";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> CONTROLLERS =
            List.of(
                    "deployment-controller",
                    "replicaset-controller",
                    "statefulset-controller",
                    "daemonset-controller",
                    "garbage-collector-controller",
                    "namespace-controller",
                    "serviceaccount-controller");

    private final Path binaries;
    private final Path work;
    private final String adminToken = UUID.randomUUID().toString();
    private final int etcdPort = LoopbackPort.free();
    private final int port = LoopbackPort.free();
    private final List<ChildProcess> others = new CopyOnWriteArrayList<>();
    private ChildProcess etcd;
    private ChildProcess api;

    private KubeApiServer(Path binaries, Path work) {
        this.binaries = binaries;
        this.work = work;
    }

    /** Starts both and waits until the API server is ready to serve. */
    public static KubeApiServer launch() {
        var binaries = TestBinaries.ofThisMachine().kubernetes();
        try {
            var server =
                    new KubeApiServer(binaries, Files.createTempDirectory("lockstep-kube-api-"));
            try {
                server.writeCredentials();
                server.startEtcd();
                server.start();
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the API server", e);
        }
    }

    /** Where the API server is; the same after {@link #stop} and {@link #start}. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** For a client that may do everything (group {@code system:masters}). */
    public Config adminConfig() {
        return config().withOauthToken(adminToken).build();
    }

    /**
     * For a client that may do what that user is bound to.
     *
     * <p>A ServiceAccount ({@code system:serviceaccount:NAMESPACE:NAME}) gets a real token of its
     * own, and with its namespace is created if need be; Kubernetes gives it its groups. Any other
     * user is impersonated by the admin.
     */
    public Config configFor(String user, String... groups) {
        var account = user.split(":", -1);
        if (user.startsWith("system:serviceaccount:") && account.length == 4) {
            if (groups.length > 0) {
                throw new IllegalArgumentException("the groups of a ServiceAccount are given");
            }
            try (var admin = adminClient()) {
                var token = ServiceAccountTokens.request(admin, account[2], account[3]);
                return config().withOauthToken(token).build();
            }
        }
        return config().withOauthToken(adminToken)
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups)
                .build();
    }

    /**
     * A kubeconfig file saying the same, for programs that run outside of this one. Refused for an
     * impersonated user.
     */
    public Path kubeconfig(Config config) {
        return KubeconfigFile.write(work, config);
    }

    /**
     * Starts the API server again where it was, on what etcd kept, and waits until it is ready.
     * Does nothing when it runs.
     */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        api = ChildProcess.start(work, apiCommand());
        // The server makes its certificate at its first start: only then can a client be built.
        api.awaitReady(PATIENCE, () -> Files.size(certificate()) > 0);
        var hasty = new ConfigBuilder(adminConfig()).withRequestRetryBackoffLimit(0).build();
        try (var client = new KubernetesClientBuilder().withConfig(hasty).build()) {
            api.awaitReady(PATIENCE, () -> "ok".equals(client.raw("/readyz")));
        }
    }

    /** Takes the API server away as a crash would: connections break, etcd keeps its data. */
    public synchronized void stop() {
        if (api != null) {
            api.close();
        }
    }

    /** Lets etcd answer nothing until {@link #thawEtcd}: requests to the API server hang. */
    public void freezeEtcd() {
        etcd.signal("STOP");
    }

    /** Lets etcd go on where it was. */
    public void thawEtcd() {
        etcd.signal("CONT");
    }

    /** Whether the API server runs. */
    public synchronized boolean isRunning() {
        return api != null && api.isAlive();
    }

    /**
     * Starts Kubernetes' own controllers, those named or else the ones that roll workloads and
     * collect garbage. Apply CustomResourceDefinitions before: the garbage collector learns of
     * later ones only every half minute. Ends when closed, or with this server.
     */
    public ChildProcess startControllerManager(String... controllers) {
        var program = TestBinaries.kubernetes(binaries, "kube-controller-manager");
        var chosen = controllers.length == 0 ? CONTROLLERS : List.of(controllers);
        var managerPort = LoopbackPort.free();
        var manager =
                ChildProcess.start(
                        work,
                        List.of(
                                program.toString(),
                                "--kubeconfig=" + kubeconfig(adminConfig()),
                                "--controllers=" + String.join(",", chosen),
                                "--leader-elect=false",
                                "--concurrent-gc-syncs=2",
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + managerPort,
                                "--cert-dir=" + work.resolve("controller-manager")));
        others.add(manager);
        return manager.awaitReady(PATIENCE, () -> LoopbackPort.answers(managerPort));
    }

    @Override
    public void close() {
        others.forEach(ChildProcess::close);
        stop();
        try (var files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + work, e);
        }
    }

    KubernetesClient adminClient() {
        return new KubernetesClientBuilder().withConfig(adminConfig()).build();
    }

    /** Nothing of the machine's own kubeconfig or environment may leak in. */
    private ConfigBuilder config() {
        try {
            var trusted = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
            return new ConfigBuilder(Config.empty())
                    .withMasterUrl(url())
                    .withCaCertData(trusted)
                    .withNamespace("default");
        } catch (IOException e) {
            throw new UncheckedIOException("the API server has not made its certificate", e);
        }
    }

    private Path certificate() {
        return work.resolve("certificates").resolve("apiserver.crt");
    }

    private void writeCredentials() throws IOException {
        Files.writeString(
                work.resolve("tokens.csv"), adminToken + ",admin,admin,\"system:masters\"\n");
        ServiceAccountTokens.writeKeys(work.resolve("sa.key"), work.resolve("sa.pub"));
    }

    private void startEtcd() {
        var clients = "http://127.0.0.1:" + etcdPort;
        var peers = "http://127.0.0.1:" + LoopbackPort.free();
        etcd =
                ChildProcess.start(
                        work,
                        List.of(
                                binaries.resolve("etcd").toString(),
                                "--name=default",
                                "--data-dir=" + work.resolve("etcd"),
                                "--listen-client-urls=" + clients,
                                "--advertise-client-urls=" + clients,
                                "--listen-peer-urls=" + peers,
                                "--initial-advertise-peer-urls=" + peers,
                                "--initial-cluster=default=" + peers,
                                "--unsafe-no-fsync",
                                "--log-level=warn"));
        others.add(etcd);
        etcd.awaitReady(PATIENCE, () -> LoopbackPort.answers(etcdPort));
    }

    private List<String> apiCommand() {
        return List.of(
                binaries.resolve("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + work.resolve("certificates"),
                // It would publish its own address as a Service's endpoint, and refuses loopback.
                "--endpoint-reconciler-type=none",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + work.resolve("tokens.csv"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + work.resolve("sa.pub"),
                "--service-account-signing-key-file=" + work.resolve("sa.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                // Without a controller no namespace has the account that it asks of each pod.
                "--disable-admission-plugins=ServiceAccount");
    }
}
