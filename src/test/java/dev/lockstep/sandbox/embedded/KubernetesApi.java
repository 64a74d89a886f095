package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The mock server's store of objects and its watches, behind requests as an API server takes them.
 *
 * <p>Every write ends in the store's own create, update or delete, which number versions and
 * generations, keep status apart, and tell the watches.
 */
public final class KubernetesApi extends KubernetesCrudDispatcher {

    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final String operatorToken;
    private final Runnable afterEach;
    private final ServerSideApply applies = new ServerSideApply();
    private final TokenRequests tokens = new TokenRequests(Clock.systemUTC());
    private final Set<String> gone = new HashSet<>();
    private Requests requests = Requests.none();

    /**
     * @param operatorToken whose requests are counted
     * @param afterEach called once per request
     */
    public KubernetesApi(String operatorToken, Runnable afterEach) {
        this.operatorToken = operatorToken;
        this.afterEach = afterEach;
    }

    /** What was asked with the operator's token. */
    public synchronized Requests requests() {
        return requests;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        try {
            return answer(Call.of(request));
        } catch (Refusal refusal) {
            return Answers.refused(refusal);
        } catch (RuntimeException e) {
            // Without an answer the client would wait until its own time is up.
            return Answers.refused(Refusal.internal(e));
        } finally {
            afterEach.run();
        }
    }

    private MockResponse answer(Call call) {
        var target = ApiPath.parse(call.path());
        if (target.isEmpty()) {
            return Discovery.answer(call.path(), crds())
                    .map(Answers::ok)
                    .orElseThrow(() -> Refusal.notFound(call.path()));
        }
        var path = target.get();
        if (call.token().equals(operatorToken)) {
            requests = requests.plus(call.verb(path), path.qualifiedResource());
        }
        Selectors.check(call);
        return switch (call.method()) {
            case GET -> read(call, path);
            case POST -> post(call, path);
            case PUT -> update(path, call.object());
            case PATCH -> patch(call, path);
            case DELETE -> delete(call, path);
            default -> throw Refusal.badRequest("no such verb: " + call.method());
        };
    }

    private MockResponse read(Call call, ApiPath path) {
        if (path.name().isEmpty() || call.isWatch()) {
            return super.handleGet(call.uri()).setHeader("Content-Type", Answers.JSON);
        }
        return Answers.ok(existing(path));
    }

    @Override
    public MockResponse handleWatch(String path) {
        var response = super.handleWatch(path);
        return response.withWebSocketUpgrade(
                new WatchInOrder(response.getWebSocketListener(), this));
    }

    private MockResponse post(Call call, ApiPath path) {
        if (path.groupVersion().equals("apis/authorization.k8s.io/v1")) {
            return Answers.reviewed(call.object());
        }
        if (path.is("serviceaccounts", "token")) {
            return Answers.created(tokens.answer(call.object(), existing(path)));
        }
        return Answers.created(create(path, call.object()));
    }

    private JsonNode create(ApiPath collection, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        if (metadata.path("name").asText().isEmpty() && metadata.has("generateName")) {
            var suffix = UUID.randomUUID().toString().substring(0, 5);
            metadata.put("name", metadata.get("generateName").asText() + suffix);
        }
        var path = collection.named(metadata.path("name").asText());
        if (!path.name().isEmpty() && find(path).isPresent()) {
            throw Refusal.alreadyExists(path.object());
        }
        if (path.is("secrets", "")) {
            SecretRules.complete(object);
        }
        var response = super.handleCreate(request(HttpMethod.POST, path.collection(), object));
        var stored = Answers.stored(response);
        // As the garbage collector, a moment later: who creates it may not know yet what is gone.
        if (gone.stream().anyMatch(uid -> Metadata.isOwnedBy(stored.toString(), uid))) {
            super.handleDelete(path.object());
        }
        return stored;
    }

    private MockResponse update(ApiPath path, ObjectNode object) {
        var current = existing(path);
        Metadata.requireSame(current, object.path("metadata"));
        Metadata.keepDeletion(current.path("metadata"), object.withObject("/metadata"));
        if (path.is("secrets", "")) {
            SecretRules.complete(object);
            SecretRules.checkUpdate(current, object);
        }
        var at = path.isStatus() ? path.object() + "/status" : path.object();
        var stored = Answers.stored(super.handleUpdate(request(HttpMethod.PUT, at, object)));
        return Answers.ok(stored.isEmpty() ? object : stored);
    }

    private MockResponse patch(Call call, ApiPath path) {
        if (call.hasContentType("application/apply-patch+yaml")) {
            return apply(call, path);
        }
        var current = existing(path);
        var patched = Patches.apply(call, current);
        if (patched instanceof ObjectNode object) {
            return update(path, object);
        }
        throw Refusal.badRequest("the patch leaves no object");
    }

    private MockResponse apply(Call call, ApiPath path) {
        var manager = call.parameter("fieldManager");
        if (manager.isEmpty()) {
            throw Refusal.badRequest("fieldManager is required for apply patch");
        }
        var applied = call.object();
        applied.withObject("/metadata").put("name", path.name());
        var intent =
                ServerSideApply.intent(
                        applied,
                        path.isStatus(),
                        isStatusSubresourceEnabledForResource(path.object()));
        var before = find(path);
        if (before.isEmpty()) {
            return createByApply(path, manager, applied, intent);
        }
        Metadata.requireSame(before.get(), applied.path("metadata"));
        var owner = path.isStatus() ? manager + " (status)" : manager;
        var force = call.parameter("force").equals("true");
        var merged = applies.merge((ObjectNode) before.get(), owner, intent, force);
        var response = update(path, merged);
        applies.remember(before.get(), owner, intent);
        return response;
    }

    private MockResponse createByApply(
            ApiPath path, String manager, ObjectNode applied, ObjectNode intent) {
        if (!path.subresource().isEmpty()) {
            throw Refusal.notFound(path.object());
        }
        if (!applied.at("/metadata/uid").asText().isEmpty()
                || !applied.at("/metadata/resourceVersion").asText().isEmpty()) {
            throw Refusal.conflict(
                    path.object() + ": uid and resourceVersion name an object that is not there");
        }
        var created = create(path, applied);
        applies.remember(created, manager, intent);
        return Answers.created(created);
    }

    private MockResponse delete(Call call, ApiPath path) {
        if (path.name().isEmpty()) {
            return Answers.ok(Answers.body(super.handleDelete(call.uri())));
        }
        var current = existing(path);
        if (!call.body().isEmpty()) {
            Metadata.requireSame(current, call.json().path("preconditions"));
        }
        if (!current.at("/metadata/finalizers").isEmpty()) {
            return Answers.ok(markDeleted(path, (ObjectNode) current));
        }
        super.handleDelete(path.object());
        return Answers.ok(current);
    }

    private JsonNode markDeleted(ApiPath path, ObjectNode object) {
        if (object.at("/metadata/deletionTimestamp").isMissingNode()) {
            object.withObject("/metadata")
                    .put(
                            "deletionTimestamp",
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            return Answers.stored(
                    super.handleUpdate(request(HttpMethod.PUT, path.object(), object)));
        }
        return object;
    }

    /** With an object goes all that it owned. */
    @Override
    public void processEvent(
            String path,
            AttributeSet pathAttributes,
            AttributeSet oldAttributes,
            GenericKubernetesResource resource,
            String newState) {
        var removed = newState == null ? map.get(oldAttributes) : null;
        super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
        if (removed == null) {
            return;
        }
        var uid = Metadata.uid(removed);
        gone.add(uid);
        applies.forget(uid);
        for (var entry : List.copyOf(map.entrySet())) {
            if (Metadata.isOwnedBy(entry.getValue(), uid)) {
                processEvent("", pathAttributes, entry.getKey(), null, null);
            }
        }
    }

    private static RecordedRequest request(HttpMethod method, String path, JsonNode body) {
        var headers = Headers.builder().add("Content-Type", Answers.JSON).build();
        var buffer = new Buffer().writeUtf8(body.toString());
        return new RecordedRequest("HTTP/1.1", method, path, headers, buffer);
    }

    private JsonNode existing(ApiPath path) {
        return find(path).orElseThrow(() -> Refusal.notFound(path.object()));
    }

    private Optional<JsonNode> find(ApiPath path) {
        return Optional.of(super.handleGet(path.object()))
                .filter(Answers::succeeded)
                .map(Answers::body);
    }

    private List<JsonNode> crds() {
        var crds = new ArrayList<JsonNode>();
        Answers.body(super.handleGet(CRDS)).path("items").forEach(crds::add);
        return crds;
    }
}
