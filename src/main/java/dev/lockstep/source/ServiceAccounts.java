package dev.lockstep.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ServiceAccounts and their tokens; {@code cluster} implements it. */
public interface ServiceAccounts {

    record Account(String namespace, String name, String uid, Map<String, String> annotations) {
        public Account {
            annotations = Map.copyOf(annotations);
        }
    }

    /** From a cache; empty when it does not exist. */
    Optional<Account> find(String namespace, String name);

    /**
     * A fresh token by TokenRequest.
     *
     * @throws SourceException CredentialsMissing when the account is gone or the operator may not
     *     ask
     */
    SecretBytes token(String namespace, String name, List<String> audiences) throws SourceException;
}
