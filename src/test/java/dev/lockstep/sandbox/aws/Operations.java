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

    static final Set<String> STS =
            Set.of("AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity");

    private Operations() {}

    /** The same name; a switch for an operation that does not exist would do nothing, silently. */
    static String requireSecretsManager(String operation) {
        if (!SECRETS_MANAGER.contains(operation)) {
            throw new IllegalArgumentException(
                    operation + " is none of Secrets Manager's " + SECRETS_MANAGER);
        }
        return operation;
    }

    /** The same for both services. */
    static String require(String operation) {
        return STS.contains(operation) ? operation : requireSecretsManager(operation);
    }
}
