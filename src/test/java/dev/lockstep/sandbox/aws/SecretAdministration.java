package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The operations on a secret as a whole. */
final class SecretAdministration {

    private static final int SHORTEST_WINDOW = 7;
    private static final int LONGEST_WINDOW = 30;

    private final SecretAccess access;
    private final Clock clock;

    SecretAdministration(SecretAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    ObjectNode delete(AwsRequest request, Principal caller) {
        var id = request.text("SecretId");
        var secret = access.find(request, caller, "DeleteSecret", id);
        var secrets = access.secrets(request, caller, id);
        var force = request.input().path("ForceDeleteWithoutRecovery").asBoolean();
        if (force && request.has("RecoveryWindowInDays")) {
            throw AwsError.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (force) {
            secrets.remove(secret);
            return deleted(secret.withDeletion(clock.instant(), clock.instant()));
        }
        var days = request.input().path("RecoveryWindowInDays").asInt(LONGEST_WINDOW);
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw AwsError.invalidParameter(
                    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        return deleted(secrets.update(id, before -> mark(before, Duration.ofDays(days))));
    }

    private Secret mark(Secret secret, Duration window) {
        access.requireUsable(secret);
        var now = clock.instant();
        return secret.withDeletion(now.plus(window), now);
    }

    private static ObjectNode deleted(Secret secret) {
        var answer = secret.identity();
        if (secret.deletion() != null) {
            answer.put("DeletionDate", Json.seconds(secret.deletion()));
        }
        return answer;
    }

    ObjectNode restore(AwsRequest request, Principal caller) {
        var id = request.text("SecretId");
        access.find(request, caller, "RestoreSecret", id);
        return access.secrets(request, caller, id)
                .update(id, secret -> secret.withDeletion(null, clock.instant()))
                .identity();
    }

    ObjectNode tag(AwsRequest request, Principal caller) {
        var more = Tags.of(request);
        return retag(request, caller, tags -> tags.putAll(more));
    }

    ObjectNode untag(AwsRequest request, Principal caller) {
        var keys = Json.texts(request.input().path("TagKeys"));
        return retag(request, caller, tags -> tags.keySet().removeAll(keys));
    }

    private ObjectNode retag(
            AwsRequest request, Principal caller, Consumer<Map<String, String>> change) {
        var id = request.text("SecretId");
        access.usable(request, caller, request.operation(), id);
        access.secrets(request, caller, id)
                .update(
                        id,
                        secret -> {
                            var tags = new LinkedHashMap<>(secret.tags());
                            change.accept(tags);
                            return secret.withTags(tags, clock.instant());
                        });
        return Json.object();
    }
}
