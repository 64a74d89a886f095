package dev.lockstep.sync;

import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Secrets and the ServiceAccount that a store takes its credentials from. */
public final class StoreReferences {
    private StoreReferences() {}

    /** Whether the store may take credentials from that Secret. */
    public static boolean toSecret(Store store, String namespace, String name) {
        return secrets(store)
                .anyMatch(
                        ref ->
                                name.equals(ref.name())
                                        && reaches(store, ref.namespace(), namespace));
    }

    /**
     * The Secrets that the store takes credentials from.
     *
     * @param namespace of those whose reference names none
     * @return names by namespace and name
     */
    public static Set<Name> toSecrets(Store store, String namespace) {
        return secrets(store)
                .filter(ref -> !isEmpty(ref.name()))
                .map(
                        ref ->
                                new Name(
                                        isEmpty(ref.namespace()) ? namespace : ref.namespace(),
                                        ref.name()))
                .filter(name -> !name.namespace().isEmpty())
                .collect(Collectors.toSet());
    }

    /** A namespaced object. */
    public record Name(String namespace, String name) {}

    /** Whether the store may take tokens of that ServiceAccount. */
    public static boolean toServiceAccount(Store store, String namespace, String name) {
        return Optional.ofNullable(store.spec().provider().aws())
                .map(aws -> aws.auth())
                .map(auth -> auth.jwt())
                .map(jwt -> jwt.serviceAccountRef())
                .filter(ref -> ref.name().equals(name))
                .filter(ref -> reaches(store, ref.namespace(), namespace))
                .isPresent();
    }

    /**
     * Whether credentials come from the namespace of each ExternalSecret, so that the store cannot
     * be validated by itself (ESO calls it referent authentication).
     */
    public static boolean dependOnNamespace(Store store) {
        if (store.kind() == StoreKind.SecretStore) {
            return false;
        }
        var account =
                Optional.ofNullable(store.spec().provider().aws())
                        .map(aws -> aws.auth())
                        .map(auth -> auth.jwt())
                        .map(jwt -> jwt.serviceAccountRef())
                        .filter(ref -> isEmpty(ref.namespace()));
        return account.isPresent() || secrets(store).anyMatch(ref -> isEmpty(ref.namespace()));
    }

    private static Stream<SecretKeySelector> secrets(Store store) {
        return Optional.ofNullable(store.spec().provider().aws())
                .map(aws -> aws.auth())
                .map(auth -> auth.secretRef())
                .stream()
                .flatMap(
                        ref ->
                                Stream.of(
                                        ref.accessKeyIDSecretRef(),
                                        ref.secretAccessKeySecretRef(),
                                        ref.sessionTokenSecretRef()))
                .filter(Objects::nonNull);
    }

    private static boolean reaches(Store store, @Nullable String referenced, String namespace) {
        if (!isEmpty(referenced)) {
            return namespace.equals(referenced);
        }
        return store.kind() == StoreKind.ClusterSecretStore
                || namespace.equals(store.getMetadata().getNamespace());
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
