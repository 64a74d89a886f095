package dev.lockstep.source;

import dev.lockstep.api.AwsService;
import java.util.List;
import java.util.Map;

/**
 * All that decides what AWS allows and logs. Equal identities share caches, budget and reads;
 * nothing else does.
 *
 * @param roles assumed in this order, after the credentials; each session name holds the store, so
 *     stores share an identity only where no role is assumed
 * @param service which of AWS's is asked: their keys, limits and denials have nothing in common
 * @param endpoint the override in force, or empty
 */
public record Identity(
        Credentials credentials,
        List<AssumedRole> roles,
        AwsService service,
        String region,
        String endpoint) {

    public Identity {
        roles = List.copyOf(roles);
    }

    /** Where the first credentials come from. */
    public sealed interface Credentials {

        /** TokenRequest for a ServiceAccount, exchanged by AssumeRoleWithWebIdentity (IRSA). */
        record ServiceAccountToken(
                String namespace,
                String name,
                String uid,
                List<String> audiences,
                String roleArn,
                String sessionName)
                implements Credentials {}

        /**
         * Static keys: access key, secret key, and session token where there is one. A change of
         * their Secrets is another identity, and so is another key of the same Secret.
         */
        record CredentialSecrets(List<SecretKey> keys) implements Credentials {
            public CredentialSecrets {
                keys = List.copyOf(keys);
            }
        }

        /** The operator's own: IRSA of its pod, EKS Pod Identity, environment. */
        record Operator() implements Credentials {}
    }

    /** A Kubernetes object at one state. */
    public record ObjectVersion(String uid, String resourceVersion) {}

    /** One key of a Secret at one state. */
    public record SecretKey(ObjectVersion secret, String key) {}

    public record AssumedRole(
            String arn,
            String sessionName,
            String externalId,
            Map<String, String> sessionTags,
            List<String> transitiveTagKeys) {
        public AssumedRole {
            sessionTags = Map.copyOf(sessionTags);
            transitiveTagKeys = List.copyOf(transitiveTagKeys);
        }
    }
}
