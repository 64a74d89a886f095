package dev.lockstep.source;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a source could not answer: a closed set. Each kind knows its condition reason, whether
 * waiting can help, and what the admin should do. Messages are stable: no request id, time or
 * value.
 */
public sealed interface SourceFailure {
    /** What Secrets Manager keeps. */
    String SECRET = "secret";

    /** What Parameter Store keeps. */
    String PARAMETER = "parameter";

    /** What failed, on which key, and what to do. */
    String message();

    /** True when the trouble passes by itself, so that back-off makes sense. */
    default boolean passing() {
        return false;
    }

    /** The condition reason: the kind's name. */
    default String reason() {
        return getClass().getSimpleName();
    }

    /**
     * @param principal who was refused, as AWS names it; empty when it did not say
     * @param action such as {@code secretsmanager:GetSecretValue}
     * @param resource key or {@code *}
     */
    record AccessDenied(String principal, String action, String resource) implements SourceFailure {
        @Override
        public String message() {
            return "%s may not %s on %s: allow that action on that resource in the role's policy"
                    .formatted(who(principal), action, resource);
        }
    }

    record KmsAccessDenied(String principal, String key) implements SourceFailure {
        @Override
        public String message() {
            return "%s may not decrypt %s: allow kms:Decrypt on its KMS key, in the role's policy and in the key's policy"
                    .formatted(who(principal), key);
        }
    }

    /**
     * @param noun what the service calls what it keeps
     */
    record NotFound(String noun, String key, String region) implements SourceFailure {
        public NotFound(String key, String region) {
            this(SECRET, key, region);
        }

        @Override
        public String message() {
            return "no %s %s in region %s: check the key, the store's prefix, region and account"
                    .formatted(noun, key, region);
        }
    }

    /**
     * What {@code dataFrom.find} looks for is not there, right after the spec or the store changed.
     *
     * @param selectors as an admin would say them
     */
    record NothingFound(String selectors) implements SourceFailure {
        @Override
        public String message() {
            return "no secret is found %s, since the ExternalSecret or its store changed: check name, path and tags, the store's region and account; delete the Secret by hand if nothing needs it any more"
                    .formatted(selectors);
        }

        @Override
        public String reason() {
            return "NotFound";
        }
    }

    record MarkedForDeletion(String key, @Nullable Instant deletionDate) implements SourceFailure {
        @Override
        public String message() {
            var date = Optional.ofNullable(deletionDate).map(d -> " on " + d).orElse("");
            return "secret %s is marked for deletion%s: restore it (aws secretsmanager restore-secret) or remove it from the ExternalSecret"
                    .formatted(key, date);
        }
    }

    /**
     * @param noun what the service calls what it keeps
     */
    record VersionNotFound(String noun, String key, RequestedVersion version)
            implements SourceFailure {
        public VersionNotFound(String key, RequestedVersion version) {
            this(SECRET, key, version);
        }

        @Override
        public String message() {
            return "%s %s has no %s: check remoteRef.version, or put the label on a version"
                    .formatted(noun, key, version);
        }
    }

    /**
     * @param what the object or setting that is missing, and how to give it
     */
    record CredentialsMissing(String what) implements SourceFailure {
        @Override
        public String message() {
            return what;
        }
    }

    record AssumeRoleDenied(String role, String action, String principal) implements SourceFailure {
        @Override
        public String message() {
            return "%s may not %s on %s: let the role's trust policy name it, and allow the action in its own policy"
                    .formatted(who(principal), action, role);
        }
    }

    /**
     * @param subject the ServiceAccount or key whose token AWS refused
     */
    record TokenRejected(String subject, String detail) implements SourceFailure {
        @Override
        public String message() {
            return "AWS does not accept the token of %s (%s): check the IAM OIDC provider, its audience, or the keys"
                    .formatted(subject, detail);
        }
    }

    record WrongRegion(String key, String storeRegion) implements SourceFailure {
        @Override
        public String message() {
            return "%s is in another region than the store's %s: use a store of that region"
                    .formatted(key, storeRegion);
        }
    }

    record Throttled(String operation) implements SourceFailure {
        @Override
        public String message() {
            return "AWS throttles %s: Lockstep slows down and tries again".formatted(operation);
        }

        @Override
        public boolean passing() {
            return true;
        }
    }

    /**
     * @param detail what happened, such as "connection refused"; never a body
     */
    record Unreachable(String operation, String detail) implements SourceFailure {
        @Override
        public String message() {
            return "%s got no usable answer (%s): check endpoint, DNS, proxy and network policy; Lockstep tries again"
                    .formatted(operation, detail);
        }

        @Override
        public boolean passing() {
            return true;
        }
    }

    private static String who(String principal) {
        return principal.isEmpty() ? "the store's identity" : principal;
    }
}
