package dev.lockstep.sandbox.aws;

import java.util.Set;

/** The operations that there are. */
final class Operations {

    static final Set<String> SECRETS_MANAGER =
            Set.of(
                    "ListSecrets",
                    "DescribeSecret",
                    "GetSecretValue",
                    "BatchGetSecretValue",
                    "CreateSecret",
                    "PutSecretValue",
                    "UpdateSecretVersionStage",
                    "DeleteSecret",
                    "RestoreSecret",
                    "TagResource",
                    "UntagResource");

    static final Set<String> PARAMETER_STORE =
            Set.of(
                    "DescribeParameters",
                    "GetParameter",
                    "GetParameters",
                    "ListTagsForResource",
                    "PutParameter",
                    "DeleteParameter",
                    "LabelParameterVersion",
                    "AddTagsToResource");

    static final Set<String> STS =
            Set.of(
                    "AssumeRole",
                    "AssumeRoleWithWebIdentity",
                    "GetCallerIdentity",
                    "GetSessionToken");

    static final Set<String> REGISTRIES = Set.of("GetAuthorizationToken");

    private Operations() {}

    /** The same name; a switch for an operation that does not exist would do nothing, silently. */
    static String require(String operation) {
        if (!SECRETS_MANAGER.contains(operation)
                && !PARAMETER_STORE.contains(operation)
                && !STS.contains(operation)
                && !REGISTRIES.contains(operation)) {
            throw new IllegalArgumentException(
                    "%s is none of %s, %s, %s and %s"
                            .formatted(
                                    operation, SECRETS_MANAGER, PARAMETER_STORE, STS, REGISTRIES));
        }
        return operation;
    }
}
