package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static dev.lockstep.operator.Sandbox.store;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.aws.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One operator lives through most of what can happen, with values that would be known again
 * anywhere; afterwards they stand in the Secret and nowhere else.
 */
class NoSecretEscapesTest {
    private static final String ACCESS_KEY = "AKIACANARY0ACCESS0KEY";
    private static final String SECRET_KEY = "canary/secret/access/key";
    private static final String SESSION_TOKEN = "canary-session-token";
    private static final String PLAIN = "canary-that-is-no-json";
    private static final String PASSWORD = "canary-password";
    private static final String OTHER_PROPERTY = "canary-of-another-property";
    private static final String LARGE = "canary-in-a-large-value";
    private static final String TEMPLATE = "canary-in-a-template";
    private static final String NOT_BASE64 = "canary-(that-is-not-base64)";

    /** The header of every token that the embedded API makes. */
    private static final String TOKEN =
            Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final Logger FOREIGN = Logger.getLogger("org.example.anything");

    /** What stands in for the API server has values, and may log them. */
    private static final String API_SERVER = "io.fabric8.kubernetes.client.server.mock.";

    private static final Canaries CANARIES = new Canaries();
    private static final List<String> OBJECTS = new ArrayList<>();
    private static List<String> records;
    private static List<String> events;
    private static String metrics;

    @BeforeAll
    static void liveThroughIt() {
        List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, PLAIN, PASSWORD, OTHER_PROPERTY, TOKEN)
                .forEach(CANARIES::add);
        List.of(LARGE, NOT_BASE64, TEMPLATE.replace('-', '_')).forEach(CANARIES::add);
        try (var log = CapturedLog.start()) {
            try (var sandbox = Sandbox.start()) {
                useKeys(sandbox);
                succeedAndRotate(sandbox);
                refuseValues(sandbox);
                refuseByAws(sandbox);
                refuseByKubernetes(sandbox);
                assumeRoles(sandbox);
                sandbox.aws.issuedSecrets().forEach(CANARIES::add);
                events =
                        sandbox
                                .client()
                                .v1()
                                .events()
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems()
                                .stream()
                                .map(Serialization::asYaml)
                                .toList();
                metrics = sandbox.operator().scrape();
            }
            records = log.records();
        }
    }

    private static void useKeys(Sandbox sandbox) {
        sandbox.aws.iam().addUser(ACCESS_KEY, "arn:aws:iam::123456789012:user/app");
        sandbox.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: aws-credentials, namespace: default}
                stringData: {access-key-id: %s, secret-access-key: %s, session-token: %s}
                """
                        .formatted(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN));
        sandbox.apply(withKeys(""));
        sandbox.awaitStore("Valid");
    }

    private static String withKeys(String settings) {
        return store(settings)
                .replace(
                        "secretRef:\n",
                        "secretRef:\n          sessionTokenSecretRef: {name: aws-credentials, key: session-token}\n");
    }

    private static void succeedAndRotate(Sandbox sandbox) {
        sandbox.create(KEY, password("1"));
        sandbox.apply(externalSecret(Sandbox.PASSWORD));
        sandbox.awaitData(Map.of("password", PASSWORD + "1"));
        sandbox.awaitReady("SecretSynced");
        sandbox.rotate(password("2"));
        sandbox.awaitData(Map.of("password", PASSWORD + "2"));
        sandbox.client().secrets().inNamespace(NAMESPACE).withName(Sandbox.NAME).delete();
        sandbox.awaitData(Map.of("password", PASSWORD + "2"));
    }

    private static String password(String number) {
        return "{\"password\": \"%s%s\"}".formatted(PASSWORD, number);
    }

    private static void refuseValues(Sandbox sandbox) {
        sandbox.rotate(PLAIN);
        ready(sandbox, "NotJson");
        sandbox.rotate("{\"user\": \"%s\"}".formatted(OTHER_PROPERTY));
        ready(sandbox, "PropertyMissing");
        sandbox.apply(
                externalSecret("data: [{secretKey: 'a b', remoteRef: {key: prod/database}}]"));
        ready(sandbox, "InvalidKey");
        sandbox.create("prod/binary", NOT_BASE64);
        sandbox.apply(
                externalSecret(
                        "data: [{secretKey: a, remoteRef: {key: prod/binary, decodingStrategy: Base64}}]"));
        ready(sandbox, "InvalidSpec");
        sandbox.create("prod/large", LARGE.repeat(60_000 / LARGE.length()));
        var entries = new StringBuilder("data:\n");
        for (var i = 0; i < 18; i++) {
            entries.append("  - {secretKey: k%d, remoteRef: {key: prod/large}}\n".formatted(i));
        }
        sandbox.apply(externalSecret(entries.toString()));
        ready(sandbox, "TargetTooLarge");
        refuseTemplates(sandbox);
        sandbox.rotate(password("3"));
        sandbox.apply(externalSecret(Sandbox.PASSWORD));
        sandbox.awaitData(Map.of("password", PASSWORD + "3"));
    }

    /** Go's own messages quote values in most of these. */
    private static void refuseTemplates(Sandbox sandbox) {
        sandbox.rotate(password("4"));
        sandbox.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: templates, namespace: default}
                stringData: {none: '{{ %1$s }}', bad: '{{ eq .%1$s "%1$s" }}'}
                """
                        .formatted(TEMPLATE.replace('-', '_')));
        for (var template :
                List.of(
                        "data: {a: '{{ index .password 99 }}'}",
                        "data: {a: '{{ .password.field }}'}",
                        "data: {a: '{{ call .password }}'}",
                        "data: {a: '{{ lt .password 1 }}'}",
                        "data: {a: '{{ range .password }}{{ .x }}{{ end }}'}",
                        "data: {a: '{{ slice .password 9 2 }}'}",
                        "templateFrom: [{literal: '{{ .password }}'}]",
                        "templateFrom: [{literal: 'a: [{{ .password }}]'}]",
                        "templateFrom: [{literal: '{{ .password }}!: b'}]",
                        "templateFrom: [{literal: 'a: {{ .password }}!', valuesDecodingStrategy: Base64}]",
                        "metadata: {labels: {a: '{{ .password }} x'}}",
                        "templateFrom: [{secret: {name: templates, items: [{key: none}]}}]",
                        "templateFrom: [{secret: {name: templates, items: [{key: bad}]}}]")) {
            sandbox.apply(externalSecret(Sandbox.PASSWORD));
            sandbox.awaitReady("SecretSynced");
            sandbox.apply(
                    externalSecret(Sandbox.PASSWORD + "\ntarget: {template: {" + template + "}}"));
            ready(sandbox, "TemplateFailed");
        }
    }

    private static void refuseByAws(Sandbox sandbox) {
        sandbox.aws.iam().deny("GetSecretValue");
        sandbox.aws.iam().deny("BatchGetSecretValue");
        sandbox.forceSyncUntilReady("AccessDenied");
        sandbox.aws.iam().allowAll();
        sandbox.forceSyncUntilReady("SecretSynced");
        sandbox.aws.iam().denyKms(KEY);
        sandbox.forceSyncUntilReady("KmsAccessDenied");
        sandbox.aws.iam().allowAll();
        for (var fault : Set.of(Fault.THROTTLED, Fault.HALF, Fault.CUT_OFF, Fault.WITHOUT_VALUE)) {
            sandbox.forceSyncUntilReady("SecretSynced");
            sandbox.forceSyncUntilSource("Available");
            sandbox.aws.faults().on("GetSecretValue", fault);
            sandbox.aws.faults().on("BatchGetSecretValue", fault);
            sandbox.forceSyncUntilSource(fault == Fault.THROTTLED ? "Throttled" : "Unreachable");
            remember(sandbox);
            sandbox.aws.faults().clear();
        }
        sandbox.forceSyncUntilSource("Available");
    }

    private static void refuseByKubernetes(Sandbox sandbox) {
        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(Sandbox.NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"immutable\": true}");
        sandbox.rotate(password("4"));
        ready(sandbox, "TargetImmutable");
        sandbox.client().secrets().inNamespace(NAMESPACE).withName(Sandbox.NAME).delete();
        sandbox.awaitData(Map.of("password", PASSWORD + "4"));
    }

    private static void assumeRoles(Sandbox sandbox) {
        sandbox.apply(withKeys("role: " + ROLE));
        sandbox.rotate(password("5"));
        sandbox.awaitData(Map.of("password", PASSWORD + "5"));
        sandbox.apply(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: reader
                  namespace: default
                  annotations: {eks.amazonaws.com/role-arn: %s}
                """
                        .formatted(ROLE));
        var byToken = store("").lines().filter(line -> !line.contains("SecretRef:")).toList();
        sandbox.apply(
                String.join("\n", byToken)
                        .replace("secretRef:", "jwt: {serviceAccountRef: {name: reader}}"));
        sandbox.rotate(password("6"));
        sandbox.awaitData(Map.of("password", PASSWORD + "6"));
        await().until(() -> sandbox.aws.calls("AssumeRoleWithWebIdentity") > 0);
        sandbox.aws.iam().denyRole(ROLE + "-denied");
        sandbox.apply(withKeys("role: " + ROLE + "-denied"));
        ready(sandbox, "AssumeRoleDenied");
    }

    private static void ready(Sandbox sandbox, String reason) {
        sandbox.awaitReady(reason);
        remember(sandbox);
    }

    /** What stands in every object of ours, and in the Secret beside its data. */
    private static void remember(Sandbox sandbox) {
        OBJECTS.add(Serialization.asYaml(sandbox.externalSecret()));
        var store =
                sandbox.client()
                        .genericKubernetesResources("external-secrets.io/v1", "SecretStore")
                        .inNamespace(NAMESPACE)
                        .withName("aws")
                        .get();
        OBJECTS.add(Serialization.asYaml(store));
        var secret = sandbox.secret();
        if (secret != null) {
            OBJECTS.add(Serialization.asYaml(((HasMetadata) secret).getMetadata()));
        }
    }

    @Test
    void logs_holdNoSecret() {
        assertThat(records)
                .filteredOn(record -> !record.startsWith(API_SERVER))
                .filteredOn(holdsOne())
                .map(record -> record.lines().findFirst().orElseThrow())
                .isEmpty();
    }

    @Test
    void events_holdNoSecret() {
        assertThat(events).isNotEmpty().filteredOn(holdsOne()).isEmpty();
    }

    @Test
    void specsAndConditions_holdNoSecret() {
        assertThat(OBJECTS).isNotEmpty().filteredOn(holdsOne()).isEmpty();
    }

    @Test
    void metrics_holdNoSecret() {
        assertThat(metrics).contains("lockstep_aws_calls", "externalsecret_status_condition");
        assertThat(CANARIES.in(metrics)).isEmpty();
    }

    private static Predicate<String> holdsOne() {
        return text -> !CANARIES.in(text).isEmpty();
    }

    @Test
    void theCapture_seesWhatIsLoggedAtTrace_inAnyForm() {
        try (var log = CapturedLog.start()) {
            var base64 = Base64.getEncoder().encodeToString(("a: " + PASSWORD).getBytes(UTF_8));
            FOREIGN.log(Level.FINER, "plain {0}", PASSWORD);
            FOREIGN.log(Level.FINER, "encoded " + base64);
            FOREIGN.log(Level.WARNING, "thrown", new IllegalStateException(PASSWORD));
            assertThat(log.records()).filteredOn(holdsOne()).hasSize(3);
        }
    }
}
