package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** The operations that make versions and move their labels. */
final class SecretWrites {

    private final SecretAccess access;
    private final Iam iam;
    private final Clock clock;

    SecretWrites(SecretAccess access, Iam iam, Clock clock) {
        this.access = access;
        this.iam = iam;
        this.clock = clock;
    }

    ObjectNode create(AwsRequest request, Principal caller) {
        var name = request.text("Name");
        iam.check(caller, "CreateSecret", name, Optional.empty());
        var version = NewVersion.of(request, Set.of(Versions.CURRENT), clock.instant());
        var secret =
                access.secrets(request, caller, name)
                        .create(
                                name,
                                existing -> requireSame(existing, version),
                                (sequence, arn) -> make(sequence, arn, request, version));
        var answer = secret.identity();
        version.ifPresent(v -> answer.put("VersionId", v.id()));
        return answer;
    }

    private Secret make(long sequence, String arn, AwsRequest request, Optional<Version> version) {
        var now = clock.instant();
        return new Secret(
                sequence,
                arn,
                request.text("Name"),
                request.has("KmsKeyId") ? request.text("KmsKeyId") : null,
                Tags.of(request),
                version.map(Versions.NONE::plus).orElse(Versions.NONE),
                now,
                now,
                null,
                null);
    }

    /** The same request twice is one; any other comes too late. */
    private static void requireSame(Secret existing, Optional<Version> version) {
        if (existing.isMarkedForDeletion()) {
            throw AwsError.invalidRequest(
                    "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }
        if (version.flatMap(v -> existing.versions().byId(v.id()).filter(v::hasSameValueAs))
                .isEmpty()) {
            throw AwsError.exists(
                    "The operation failed because the secret %s already exists."
                            .formatted(existing.name()));
        }
    }

    ObjectNode putValue(AwsRequest request, Principal caller) {
        var id = request.text("SecretId");
        access.find(request, caller, "PutSecretValue", id);
        var asked = Json.texts(request.input().path("VersionStages"));
        var stages = asked.isEmpty() ? Set.of(Versions.CURRENT) : Set.copyOf(asked);
        var version =
                NewVersion.of(request, stages, clock.instant())
                        .orElseThrow(
                                () ->
                                        AwsError.invalidParameter(
                                                "You must provide either SecretString or SecretBinary."));
        var secret = access.secrets(request, caller, id).update(id, before -> put(before, version));
        var stored = secret.versions().byId(version.id()).orElseThrow();
        var answer = secret.identity().put("VersionId", version.id());
        Json.putTexts(answer, "VersionStages", stored.stages());
        return answer;
    }

    private Secret put(Secret secret, Version version) {
        access.requireUsable(secret);
        var existing = secret.versions().byId(version.id());
        if (existing.isEmpty()) {
            return secret.withVersions(secret.versions().plus(version), clock.instant());
        }
        if (existing.get().hasSameValueAs(version)) {
            return secret;
        }
        throw AwsError.exists(
                "You can't use ClientRequestToken %s because that value is already in use for a version of secret %s."
                        .formatted(version.id(), secret.arn()));
    }

    ObjectNode moveStage(AwsRequest request, Principal caller) {
        var id = request.text("SecretId");
        access.find(request, caller, "UpdateSecretVersionStage", id);
        return access.secrets(request, caller, id)
                .update(id, secret -> moveStage(secret, request))
                .identity();
    }

    private Secret moveStage(Secret secret, AwsRequest request) {
        access.requireUsable(secret);
        var move =
                new StageMove(
                        request.text("VersionStage"),
                        request.text("RemoveFromVersionId"),
                        request.text("MoveToVersionId"));
        return secret.withVersions(move.apply(secret.versions()), clock.instant());
    }
}
