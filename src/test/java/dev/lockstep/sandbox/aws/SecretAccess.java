package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** The way to one secret: may the caller, is it there, and can it be used. */
final class SecretAccess {

    private final Regions regions;
    private final Iam iam;
    private final Supplier<MarkedForDeletion> markedForDeletion;

    /**
     * @param markedForDeletion how a secret in its recovery window is refused
     */
    SecretAccess(Regions regions, Iam iam, Supplier<MarkedForDeletion> markedForDeletion) {
        this.regions = regions;
        this.iam = iam;
        this.markedForDeletion = markedForDeletion;
    }

    Secrets secrets(AwsRequest request, Principal caller, String id) {
        return regions.of(caller.account(), request.signature().region(), id);
    }

    /** The secret, in whatever state; AWS looks at permissions before existence. */
    Secret find(AwsRequest request, Principal caller, String operation, String id) {
        var secret = secrets(request, caller, id).find(id);
        iam.check(caller, operation, id, secret);
        return secret.orElseThrow(AwsError::noSuchSecret);
    }

    /** The secret, unless it is marked for deletion. */
    Secret usable(AwsRequest request, Principal caller, String operation, String id) {
        var secret = find(request, caller, operation, id);
        requireUsable(secret);
        return secret;
    }

    void requireUsable(Secret secret) {
        if (secret.isMarkedForDeletion()) {
            throw markedForDeletion.get().error();
        }
    }

    /** What GetSecretValue answers. */
    ObjectNode value(AwsRequest request, Principal caller, String id, VersionChoice choice) {
        var secret = usable(request, caller, "GetSecretValue", id);
        var version = choice.of(secret.versions());
        iam.checkKms(caller, secret);
        var answer = secret.identity();
        answer.put("VersionId", version.id());
        version.writeValue(answer);
        Json.putTexts(answer, "VersionStages", version.stages());
        answer.put("CreatedDate", Json.seconds(version.created()));
        return answer;
    }
}
