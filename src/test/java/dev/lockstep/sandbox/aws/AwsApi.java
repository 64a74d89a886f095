package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Secrets Manager, Parameter Store, STS and the container registries behind one endpoint, with all
 * that can be switched and seen.
 */
public final class AwsApi implements HttpHandler {

    private static final int INTERNAL = 500;

    private final Regions regions;
    private final Credentials credentials;
    private final Iam iam;
    private final Faults faults = new Faults(System::nanoTime);
    private final RequestLog log = new RequestLog();
    private final SecretsManagerApi secretsManager;
    private final ParameterStoreApi parameterStore;
    private final StsApi sts;
    private final EcrApi registries;
    private volatile MarkedForDeletion markedForDeletion = MarkedForDeletion.INVALID_REQUEST;

    /**
     * @param adminAccessKeyId whose calls are not counted, and succeed whatever is switched
     */
    public AwsApi(Clock clock, String adminAccessKeyId) {
        regions = new Regions(clock);
        credentials = new Credentials(clock, adminAccessKeyId);
        iam = new Iam(credentials);
        var access = new SecretAccess(regions, iam, () -> markedForDeletion);
        secretsManager =
                new SecretsManagerApi(
                        new SecretReads(regions, iam, access),
                        new SecretWrites(access, iam, clock),
                        new SecretAdministration(access, clock));
        parameterStore = new ParameterStoreApi(new Parameters(), iam, clock);
        sts = new StsApi(credentials, iam, clock, log::add);
        registries = new EcrApi(iam, clock);
    }

    public Iam iam() {
        return iam;
    }

    public Faults faults() {
        return faults;
    }

    public List<RecordedRequest> requests() {
        return log.requests();
    }

    public List<RoleRequest> roleRequests() {
        return log.roles();
    }

    public SortedMap<String, Integer> calls() {
        return log.calls();
    }

    public List<String> issuedSecrets() {
        return credentials.issuedSecrets();
    }

    public void forgetRequests() {
        log.clear();
    }

    public void freezeLists() {
        regions.freezeLists();
    }

    public void thawLists() {
        regions.thawLists();
    }

    public void refuseMarkedForDeletionBy(MarkedForDeletion error) {
        markedForDeletion = error;
    }

    /** Throws {@link IllegalArgumentException} when there is no such secret. */
    public void setRotation(String region, String secret, Rotation rotation) {
        try {
            regions.of(Principal.DEFAULT_ACCOUNT, region)
                    .update(secret, before -> before.withRotation(rotation));
        } catch (AwsError e) {
            throw new IllegalArgumentException("no secret " + secret + " in " + region, e);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var requestId = UUID.randomUUID().toString();
        try (exchange) {
            answer(exchange, requestId).send(exchange, requestId);
        } catch (InterruptedException e) {
            // The emulator is being closed; nobody waits for this answer.
            Thread.currentThread().interrupt();
        }
    }

    private AwsResponse answer(HttpExchange exchange, String requestId)
            throws IOException, InterruptedException {
        AwsRequest request;
        try {
            request = AwsRequest.read(exchange);
        } catch (JsonProcessingException e) {
            var error = AwsError.badRequest("SerializationException", e.getOriginalMessage());
            return new JsonProtocol().error(error, requestId);
        }
        try {
            return answer(request, requestId);
        } catch (AwsError error) {
            return request.protocol().error(error, requestId);
        } catch (RuntimeException e) {
            // Without an answer the client would wait until its own time is up.
            var error = new AwsError("InternalFailure", INTERNAL, e.toString());
            return request.protocol().error(error, requestId);
        }
    }

    private AwsResponse answer(AwsRequest request, String requestId) throws InterruptedException {
        if (credentials.isAdmin(request.signature())) {
            return perform(request, requestId);
        }
        log.add(RecordedRequest.of(request, credentials.nameOf(request.signature())));
        return faults.apply(request, () -> perform(request, requestId));
    }

    private AwsResponse perform(AwsRequest request, String requestId) {
        var caller = credentials.principal(request);
        var result =
                switch (request.service()) {
                    case STS -> sts.answer(request, caller);
                    case ECR, ECR_PUBLIC -> registries.answer(request, caller);
                    case PARAMETER_STORE -> parameterStore.answer(request, caller);
                    case SECRETS_MANAGER -> secretsManager.answer(request, caller);
                };
        return request.protocol().result(result, requestId);
    }
}
