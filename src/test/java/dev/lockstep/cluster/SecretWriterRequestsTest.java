package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests are sent, and what is done when the Secret moves between them. */
class SecretWriterRequestsTest {
    private static final String SECRETS = "/api/v1/namespaces/team/secrets";
    private static final String SECRET = SECRETS + "/db";
    private static final String MANAGER = "?fieldManager=externalsecrets.external-secrets.io%2Fdb";

    private static final String UNFORCED =
            SECRET + "?fieldManager=externalsecrets.external-secrets.io/db&force=false";

    /** Held here because a logger that nobody holds forgets its level. */
    private static final Logger EVERY_REQUEST = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private SecretWriter writer;

    @BeforeEach
    void start() {
        EVERY_REQUEST.setLevel(Level.WARNING);
        server.init();
        writer = new SecretWriter(server.createClient());
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void aMissInTheCache_isCreatedAtOnce_underTheExternalSecretsManager() {
        answer("POST", SECRETS + MANAGER, 201, stored("1"));

        writer.write(aDesiredSecret().build(), Optional.empty());

        assertThat(sent()).containsExactly("POST " + SECRETS + MANAGER);
    }

    @Test
    void aSecretInStep_costsNoRequest() {
        var desired = aDesiredSecret().withoutData().withoutMarks().build();
        var inStep =
                TrimmedSecret.target(
                        new SecretBuilder(stored("1"))
                                .editMetadata()
                                .addToLabels("reconcile.external-secrets.io/managed", "true")
                                .addToLabels(
                                        "reconcile.external-secrets.io/created-by",
                                        desired.createdBy())
                                .endMetadata()
                                .build());

        assertThat(writer.write(desired, Optional.of(inStep)))
                .isEqualTo(new WriteResult.Unchanged());
        assertThat(sent()).isEmpty();
    }

    @Test
    void aSecretThatTheCacheDidNotShow_isReadOnceAndReplacedAtItsVersion() {
        answer("POST", SECRETS + MANAGER, 409, status(409, "AlreadyExists"));
        answer("GET", SECRET, 200, stored("7"));
        answer("PUT", SECRET + MANAGER, 200, stored("8"));

        writer.write(aDesiredSecret().build(), Optional.empty());

        assertThat(sent())
                .containsExactly(
                        "POST " + SECRETS + MANAGER,
                        "GET " + SECRET,
                        "PUT " + SECRET + MANAGER + " at 7");
    }

    @Test
    void aSecretThatMovedSinceItWasRead_isReadAndPlannedAnew() {
        answer("GET", SECRET, 200, stored("7"));
        answer("PUT", SECRET + MANAGER, 409, status(409, "Conflict"));
        answer("GET", SECRET, 200, stored("9"));
        answer("PUT", SECRET + MANAGER, 200, stored("10"));

        var result = writer.write(aDesiredSecret().build(), cached());

        assertThat(result).isInstanceOf(WriteResult.Written.class);
        assertThat(sent())
                .containsExactly(
                        "GET " + SECRET,
                        "PUT " + SECRET + MANAGER + " at 7",
                        "GET " + SECRET,
                        "PUT " + SECRET + MANAGER + " at 9");
    }

    @Test
    void aSecretThatWentSinceItWasRead_isMadeAnew() {
        answer("GET", SECRET, 200, stored("7"));
        answer("PUT", SECRET + MANAGER, 404, notFound());
        answer("GET", SECRET, 404, notFound());
        answer("POST", SECRETS + MANAGER, 201, stored("1"));

        var result = writer.write(aDesiredSecret().build(), cached());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class, w -> assertThat(w.created()).isTrue());
    }

    @Test
    void aSecretThatNeverHoldsStill_isLeftForLater() {
        server.expect().get().withPath(SECRET).andReturn(200, stored("7")).always();
        server.expect()
                .put()
                .withPath(SECRET + MANAGER)
                .andReturn(409, status(409, "Conflict"))
                .always();

        var result = writer.write(aDesiredSecret().build(), cached());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> {
                            assertThat(refused.failure().passing()).isTrue();
                            assertThat(refused.failure().message())
                                    .contains("changed under each of 5 attempts");
                        });
        assertThat(sent()).hasSize(10);
    }

    @Test
    void aMerge_isAppliedWithoutForce_boundToTheUid() {
        var foreign = new SecretBuilder(stored("7"));
        foreign.editMetadata().withOwnerReferences().endMetadata();
        answer("GET", SECRET, 200, foreign.build());
        answer("PATCH", UNFORCED, 200, stored("8"));

        writer.write(aDesiredSecret().policy(CreationPolicy.Merge).build(), Optional.empty());

        assertThat(requests())
                .last()
                .satisfies(
                        apply -> {
                            assertThat(apply.getHeader("Content-Type"))
                                    .startsWith("application/apply-patch+yaml");
                            assertThat(apply.getUtf8Body())
                                    .contains("\"uid\":\"uid-of-secret\"")
                                    .doesNotContain("resourceVersion");
                        });
    }

    @Test
    void aDeletion_isBoundToTheObjectThatWasRead() {
        answer("GET", SECRET, 200, stored("7"));
        answer("DELETE", SECRET, 200, new Status());

        writer.delete(externalSecret("db", "uid-of-db"), "team", "db");

        assertThat(requests())
                .last()
                .satisfies(
                        delete ->
                                assertThat(delete.getUtf8Body())
                                        .contains(
                                                "\"preconditions\":{\"resourceVersion\":\"7\",\"uid\":\"uid-of-secret\"}"));
    }

    private void answer(String method, String path, int code, Object body) {
        var expect = server.expect();
        var request =
                switch (method) {
                    case "GET" -> expect.get();
                    case "POST" -> expect.post();
                    case "PUT" -> expect.put();
                    case "PATCH" -> expect.patch();
                    default -> expect.delete();
                };
        request.withPath(path).andReturn(code, body).once();
    }

    private static Optional<TargetSecret> cached() {
        return Optional.of(TrimmedSecret.target(stored("6")));
    }

    private static Secret stored(String version) {
        return new SecretBuilder(aSecret("db", Map.of("password", "old")).build())
                .editMetadata()
                .withNamespace("team")
                .withUid("uid-of-secret")
                .withResourceVersion(version)
                .addNewOwnerReference()
                .withApiVersion("external-secrets.io/v1")
                .withKind("ExternalSecret")
                .withName("db")
                .withUid("uid-of-db")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    private static Status status(int code, String reason) {
        return new StatusBuilder().withCode(code).withReason(reason).build();
    }

    private static Status notFound() {
        return new StatusBuilder()
                .withCode(404)
                .withReason("NotFound")
                .withNewDetails()
                .withKind("secrets")
                .withName("db")
                .endDetails()
                .build();
    }

    /** Method, path, and the version that a replace is bound to. */
    private List<String> sent() {
        return requests().stream()
                .map(
                        request -> {
                            var line = request.getMethod() + " " + request.getPath();
                            if (!request.getMethod().equals("PUT")) {
                                return line;
                            }
                            var version = request.getUtf8Body().split("\"resourceVersion\":\"")[1];
                            return line + " at " + version.substring(0, version.indexOf('"'));
                        })
                .toList();
    }

    private List<RecordedRequest> requests() {
        var requests = new ArrayList<RecordedRequest>();
        try {
            while (requests.size() < server.getRequestCount()) {
                requests.add(server.takeRequest());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return requests;
    }
}
