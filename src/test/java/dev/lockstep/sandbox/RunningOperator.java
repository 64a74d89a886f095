package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.Store;
import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.Rooms;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The operator inside this JVM, wired as the packaged one but without Quarkus, so that a test has
 * it in two seconds.
 */
@SuppressWarnings("deprecation") // Quarkus serves metrics by this registry too.
public final class RunningOperator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient admin;
    private final KubernetesClient client;
    private final PrometheusMeterRegistry metrics =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Rooms rooms;
    private final Operator operator;

    private RunningOperator(
            KubernetesClient admin, Config config, URI aws, Map<String, String> options) {
        this.admin = admin;
        client =
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withKubernetesSerialization(lenient())
                        .build();
        var environment = new HashMap<String, String>();
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.toString());
        environment.put("AWS_ENDPOINT_URL_STS", aws.toString());
        environment.put("AWS_ENDPOINT_URL_SSM", aws.toString());
        environment.put("AWS_ENDPOINT_URL_ECR", aws.toString());
        environment.put("AWS_ENDPOINT_URL_ECR_PUBLIC", aws.toString());
        var settings = options(options);
        rooms = new Rooms(client, settings, environment, metrics);
        metrics.getPrometheusRegistry().register(rooms.conditions());
        operator = new Operator(o -> o.withKubernetesClient(client).withCloseClientOnStop(false));
        var namespaces = settings.namespaces().orElse(Constants.WATCH_ALL_NAMESPACE_SET);
        rooms.reconcilers()
                .forEach(
                        reconciler ->
                                operator.register(
                                        reconciler, o -> o.settingNamespaces(namespaces)));
        operator.start();
        rooms.leadership().gained();
    }

    /**
     * @param admin the test's own client, which what a test asks for goes through
     * @param config how the operator reaches the API
     * @param options by name without {@code lockstep.}; defaults for the rest
     */
    public static RunningOperator start(
            KubernetesClient admin, Config config, URI aws, Map<String, String> options) {
        return new RunningOperator(admin, config, aws, options);
    }

    private static KubernetesSerialization lenient() {
        var mapper = new ObjectMapper();
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return new KubernetesSerialization(mapper, true);
    }

    private static LockstepConfig options(Map<String, String> options) {
        var named = new HashMap<String, String>();
        options.forEach((name, value) -> named.put("lockstep." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(LockstepConfig.class)
                .withDefaultValues(named)
                .build()
                .getConfigMapping(LockstepConfig.class);
    }

    /** The operator's metrics as Prometheus gets them. */
    public String scrape() {
        return metrics.scrape();
    }

    /** Names of the event sources of this controller that list and watch. */
    public Set<String> informers(String controller) {
        return operator.getRuntimeInfo().getRegisteredControllers().stream()
                .filter(c -> c.getConfiguration().getName().equals(controller))
                .flatMap(
                        c ->
                                c
                                        .getControllerHealthInfo()
                                        .informerEventSourceHealthIndicators()
                                        .keySet()
                                        .stream())
                .collect(Collectors.toSet());
    }

    /** Applies a YAML document as an admin would. */
    public void apply(String yaml) {
        var content = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        admin.load(content).serverSideApply();
    }

    /** Waits until the condition of the ExternalSecret holds for the reason. */
    public Condition awaitExternalSecret(
            String namespace, String name, String condition, String reason) {
        return awaitExternalSecret(namespace, name, condition, reason, PATIENCE);
    }

    /** The same for what takes longer. */
    public Condition awaitExternalSecret(
            String namespace, String name, String condition, String reason, Duration patience) {
        return awaitReason(
                patience,
                () ->
                        Optional.ofNullable(
                                        admin.resources(ExternalSecret.class)
                                                .inNamespace(namespace)
                                                .withName(name)
                                                .get())
                                .flatMap(es -> es.status().condition(condition)),
                "ExternalSecret " + namespace + "/" + name + " " + condition,
                reason);
    }

    /** Waits until the SecretStore's Ready condition has the reason. */
    public Condition awaitStore(String namespace, String name, String reason) {
        return awaitReason(
                PATIENCE,
                () ->
                        Optional.<Store>ofNullable(
                                        admin.resources(SecretStore.class)
                                                .inNamespace(namespace)
                                                .withName(name)
                                                .get())
                                .flatMap(store -> store.status().condition(Condition.READY)),
                "SecretStore " + namespace + "/" + name,
                reason);
    }

    private static Condition awaitReason(
            Duration patience, Callable<Optional<Condition>> look, String what, String reason) {
        await(what)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(25))
                .untilAsserted(
                        () -> assertThat(look.call()).map(Condition::reason).contains(reason));
        try {
            return look.call().orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Secret's data, decoded; empty when there is no Secret. */
    public Optional<Map<String, String>> data(String namespace, String name) {
        return Optional.ofNullable(admin.secrets().inNamespace(namespace).withName(name).get())
                .map(RunningOperator::decoded);
    }

    /** Waits until the Secret has exactly this data. */
    public void awaitData(String namespace, String name, Map<String, String> data) {
        await("Secret " + namespace + "/" + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> data(namespace, name), Optional.of(new TreeMap<>(data))::equals);
    }

    private static Map<String, String> decoded(Secret secret) {
        var decoded = new TreeMap<String, String>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach(
                            (key, value) ->
                                    decoded.put(
                                            key,
                                            new String(
                                                    Base64.getDecoder().decode(value),
                                                    StandardCharsets.UTF_8)));
        }
        return decoded;
    }

    public KubernetesClient admin() {
        return admin;
    }

    /** Deletes it as an admin would. */
    public void delete(HasMetadata object) {
        admin.resource(object).delete();
    }

    @Override
    public void close() {
        operator.stop();
        rooms.close();
        client.close();
    }
}
