package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** The tokens of ECR and ECR Public. */
final class EcrApi {

    private static final Duration LIFE = Duration.ofHours(12);

    private final Iam iam;
    private final Clock clock;
    private final AtomicInteger issued = new AtomicInteger();

    EcrApi(Iam iam, Clock clock) {
        this.iam = iam;
        this.clock = clock;
    }

    /** Throws {@link AwsError} when the operation is refused. */
    JsonNode answer(AwsRequest request, Principal caller) {
        if (!request.operation().equals("GetAuthorizationToken")) {
            throw AwsError.badRequest(
                    "UnknownOperationException",
                    "the sandbox has no operation '" + request.operation() + "'");
        }
        var isPublic = request.service() == AwsRequest.Service.ECR_PUBLIC;
        iam.check(caller, isPublic ? "ecr-public" : "ecr", request.operation());
        var data =
                Json.object()
                        .put("authorizationToken", token())
                        .put("expiresAt", clock.instant().plus(LIFE).getEpochSecond());
        if (isPublic) {
            return Json.object().set("authorizationData", data);
        }
        var region = request.signature().region();
        data.put(
                "proxyEndpoint",
                "https://%s.dkr.ecr.%s.amazonaws.com".formatted(caller.account(), region));
        var answer = Json.object();
        answer.putArray("authorizationData").add(data);
        return answer;
    }

    /** Another each time, as AWS's are. */
    private String token() {
        var pair = "AWS:registry-password-" + issued.incrementAndGet();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
