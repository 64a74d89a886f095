package dev.lockstep.sync;

import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks of {@code spec.provider.aws.auth}. */
final class CredentialChecks {
    private static final String AUTH = "spec.provider.aws.auth";

    private final String ownNamespace;

    private CredentialChecks(String ownNamespace) {
        this.ownNamespace = ownNamespace;
    }

    /** A SecretStore takes credentials from its own namespace alone, whatever it names. */
    static Stream<SpecProblem> ownNamespace(Store store, @Nullable AwsAuth auth) {
        return auth == null || store.kind() == StoreKind.ClusterSecretStore
                ? Stream.empty()
                : new CredentialChecks(store.getMetadata().getNamespace()).ownNamespace(auth);
    }

    private Stream<SpecProblem> ownNamespace(AwsAuth auth) {
        var keys = auth.secretRef();
        var account = auth.jwt() == null ? null : auth.jwt().serviceAccountRef();
        return Stream.of(
                        keys == null
                                ? Stream.<SpecProblem>empty()
                                : ownNamespace(AUTH + ".secretRef.", keys),
                        account == null
                                ? Stream.<SpecProblem>empty()
                                : own(AUTH + ".jwt.serviceAccountRef", account.namespace()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> ownNamespace(String path, AwsAuth.AwsSecretRef keys) {
        return Stream.of(
                        own(path + "accessKeyIDSecretRef", keys.accessKeyIDSecretRef()),
                        own(path + "secretAccessKeySecretRef", keys.secretAccessKeySecretRef()),
                        own(path + "sessionTokenSecretRef", keys.sessionTokenSecretRef()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> own(String path, @Nullable SecretKeySelector selector) {
        return selector == null ? Stream.empty() : own(path, selector.namespace());
    }

    private Stream<SpecProblem> own(String path, @Nullable String namespace) {
        return namespace == null || namespace.isEmpty() || namespace.equals(ownNamespace)
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                path + ".namespace",
                                "a SecretStore may not reach into namespace %s: leave it out, or use a ClusterSecretStore"
                                        .formatted(namespace)));
    }
}
