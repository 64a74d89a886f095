package dev.lockstep.aws;

import dev.lockstep.source.Identity;
import java.util.Optional;

/** Where a store says its first credentials come from, with the names that identities leave out. */
sealed interface CredentialSource {

    /** The part of the {@link Identity} that this source makes up. */
    Identity.Credentials identity();

    /** Who AWS refuses when it refuses these credentials, in an admin's words. */
    String subject();

    record ServiceAccountToken(Identity.Credentials.ServiceAccountToken identity)
            implements CredentialSource {
        @Override
        public String subject() {
            return "ServiceAccount %s/%s".formatted(identity.namespace(), identity.name());
        }
    }

    record StaticKeys(
            Identity.Credentials.CredentialSecrets identity,
            SecretKeyRef accessKeyId,
            SecretKeyRef secretAccessKey,
            Optional<SecretKeyRef> sessionToken)
            implements CredentialSource {
        @Override
        public String subject() {
            return "the keys in Secret %s/%s"
                    .formatted(accessKeyId.namespace(), accessKeyId.name());
        }
    }

    record Operator() implements CredentialSource {
        @Override
        public Identity.Credentials identity() {
            return new Identity.Credentials.Operator();
        }

        @Override
        public String subject() {
            return "the operator";
        }
    }

    /** A key of a Secret, with the namespace worked out. */
    record SecretKeyRef(String namespace, String name, String key) {}
}
