package dev.lockstep.sandbox.demo;

import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.EmbeddedKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * What the demo shows: each step is done as an admin or an AWS user would do it, and told when its
 * effect is seen in Kubernetes.
 */
final class Story {

    private static final String REMOTE_KEY = "prod/database";
    private static final String STORE = "aws";
    private static final String NAME = "database";
    private static final String API_VERSION = "external-secrets.io/v1";

    private final Timeline timeline;
    private final Duration budget;
    private final EmbeddedKubernetes kubernetes;
    private final KubernetesClient client;
    private final Account account;
    private final Samples samples;
    private final BooleanSupplier operatorRuns;

    Story(
            Timeline timeline,
            Duration budget,
            EmbeddedKubernetes kubernetes,
            Account account,
            Samples samples,
            BooleanSupplier operatorRuns) {
        this.timeline = timeline;
        this.budget = budget;
        this.kubernetes = kubernetes;
        client = kubernetes.client();
        this.account = account;
        this.samples = samples;
        this.operatorRuns = operatorRuns;
    }

    /** Throws {@link DidNotHappen} at the first step that was not seen in time. */
    void tell() {
        var password = newPassword();
        var version = account.create(REMOTE_KEY, value(password));
        timeline.step("AWS: secret " + REMOTE_KEY + " created, version " + shortly(version));
        client.resource(samples.credentials(Account.ACCESS_KEY_ID, Account.SECRET_ACCESS_KEY))
                .create();
        samples.apply(client);
        timeline.step("Kubernetes: applied " + samples.names());

        var ready = awaitSeen("SecretStore " + STORE + " valid", this::storeReady);
        timeline.step("SecretStore " + STORE + " is valid: " + ready);

        var secret = awaitSecretWith(password, "Secret " + NAME + " created");
        timeline.step(
                "Secret %s created with the keys %s, version %s"
                        .formatted(NAME, keyNames(secret), shortly(version)));

        var rotated = rotate();
        repairDrift(rotated);
        timeline.blank();
        tellCalls();
    }

    private String rotate() {
        var password = newPassword();
        var version = account.rotate(REMOTE_KEY, value(password));
        var since = timeline.elapsed();
        timeline.step("AWS: " + REMOTE_KEY + " rotated, now version " + shortly(version));

        awaitSecretWith(password, "Secret " + NAME + " carries the rotated value");
        timeline.step(
                "Secret %s carries version %s, %s after the rotation"
                        .formatted(NAME, shortly(version), Timeline.seconds(since(since))));
        return password;
    }

    private void repairDrift(String password) {
        var key = keyHolding(password).orElseThrow();
        var edit = "{\"data\": {\"%s\": \"%s\"}}".formatted(key, base64("edited by hand"));
        client.secrets()
                .inNamespace(Samples.NAMESPACE)
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), edit);
        var since = timeline.elapsed();
        timeline.step("Somebody overwrites the key " + key + " of Secret " + NAME);

        awaitSecretWith(password, "the edit of Secret " + NAME + " repaired");
        timeline.step(
                "Secret %s repaired after %s".formatted(NAME, Timeline.seconds(since(since))));
    }

    private void tellCalls() {
        var calls = account.callsOfOperator();
        timeline.step("All that took the operator %d AWS calls:".formatted(sum(calls)));
        timeline.detail(listed(calls));
        var writes = kubernetes.requests().writes().counts();
        timeline.step("and %d Kubernetes writes:".formatted(sum(writes)));
        timeline.detail(listed(writes));
    }

    /** Kind, type, status, reason and message of every condition, for when a step fails. */
    List<String> conditions() {
        return List.of("SecretStore/" + STORE, "ExternalSecret/" + NAME).stream()
                .flatMap(
                        resource -> {
                            var parts = resource.split("/");
                            return conditionsOf(parts[0], parts[1]).stream()
                                    .map(condition -> resource + " " + text(condition));
                        })
                .toList();
    }

    private Optional<String> storeReady() {
        return conditionsOf("SecretStore", STORE).stream()
                .filter(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")))
                .map(Story::text)
                .findFirst();
    }

    private List<Map<String, String>> conditionsOf(String kind, String name) {
        GenericKubernetesResource resource =
                client.genericKubernetesResources(API_VERSION, kind)
                        .inNamespace(Samples.NAMESPACE)
                        .withName(name)
                        .get();
        List<Map<String, String>> conditions =
                resource == null ? null : resource.get("status", "conditions");
        return conditions == null ? List.of() : conditions;
    }

    private Secret awaitSecretWith(String password, String what) {
        return awaitSeen(what, () -> keyHolding(password).flatMap(key -> secret()));
    }

    private Optional<String> keyHolding(String password) {
        return secret().stream()
                .flatMap(secret -> secret.getData().entrySet().stream())
                .filter(entry -> decoded(entry.getValue()).contains(password))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<Secret> secret() {
        var secret = client.secrets().inNamespace(Samples.NAMESPACE).withName(NAME).get();
        return Optional.ofNullable(secret).filter(s -> s.getData() != null);
    }

    private <T> T awaitSeen(String what, Callable<Optional<T>> look) {
        var left = budget.minus(timeline.elapsed());
        try {
            return await().atMost(left.isNegative() ? Duration.ofMillis(1) : left)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast(() -> !operatorRuns.getAsBoolean())
                    .until(look, Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new DidNotHappen("not seen within " + budget.toSeconds() + " s: " + what);
        } catch (TerminalFailureException e) {
            throw new DidNotHappen("the operator has ended; not seen: " + what);
        }
    }

    private Duration since(Duration earlier) {
        return timeline.elapsed().minus(earlier);
    }

    private static String text(Map<String, String> condition) {
        return "%s=%s (%s) %s"
                .formatted(
                        condition.get("type"),
                        condition.get("status"),
                        condition.get("reason"),
                        condition.getOrDefault("message", ""))
                .strip();
    }

    private static String keyNames(Secret secret) {
        return String.join(", ", new TreeSet<>(secret.getData().keySet()));
    }

    private static String listed(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String newPassword() {
        return UUID.randomUUID().toString();
    }

    private static String value(String password) {
        return "{\"host\": \"db.example.org\", \"username\": \"app\", \"password\": \"%s\"}"
                .formatted(password);
    }

    private static String shortly(String versionId) {
        return versionId.substring(0, 8);
    }

    private static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
