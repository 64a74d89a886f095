package dev.lockstep.aws;

import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.ServiceAccountSelector;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.Identity;
import dev.lockstep.source.ServiceAccounts;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out who a store claims to be. Cheap: caches of the cluster, never AWS. */
final class Claims {
    private static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
    private static final String AUDIENCE_ANNOTATION = "eks.amazonaws.com/audience";
    private static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    private final String clusterName;
    private final ServiceAccounts accounts;
    private final CredentialSecrets secrets;
    private final Map<AwsEndpoint, URI> overrides;

    /**
     * @param overrides of endpoints, which belong to an identity
     */
    Claims(
            String clusterName,
            ServiceAccounts accounts,
            CredentialSecrets secrets,
            Map<AwsEndpoint, URI> overrides) {
        this.clusterName = clusterName;
        this.accounts = accounts;
        this.secrets = secrets;
        this.overrides = Map.copyOf(overrides);
    }

    /**
     * @param aws the store's provider
     * @param namespace where references lead that name no namespace
     * @throws SourceException CredentialsMissing when an object that the store refers to is absent
     */
    Claim of(Store store, AwsProvider aws, String namespace) throws SourceException {
        var references = new References(store, namespace);
        var source = source(aws, references);
        var service = service(aws);
        var endpoint = overrides.get(AwsEndpoint.of(service));
        var identity =
                new Identity(
                        source.identity(),
                        roles(aws, store, namespace, references.sessionName(clusterName, aws)),
                        service,
                        aws.region(),
                        endpoint == null ? "" : endpoint.toString());
        return new Claim(identity, source, Retries.of(store.spec().retrySettings()));
    }

    /** Whether it is served was checked before; a store without one never gets here. */
    private static AwsService service(AwsProvider aws) {
        return aws.service().equals(AwsService.ParameterStore.name())
                ? AwsService.ParameterStore
                : AwsService.SecretsManager;
    }

    private CredentialSource source(AwsProvider aws, References references) throws SourceException {
        var auth = aws.auth();
        if (auth != null && auth.jwt() != null && auth.jwt().serviceAccountRef() != null) {
            return token(
                    auth.jwt().serviceAccountRef(),
                    references,
                    references.sessionName(clusterName, aws));
        }
        return auth != null && auth.secretRef() != null
                ? keys(auth.secretRef(), references)
                : new CredentialSource.Operator();
    }

    private CredentialSource token(
            ServiceAccountSelector selector, References references, String sessionName)
            throws SourceException {
        var namespace = references.namespace(selector.namespace());
        var name = namespace + "/" + selector.name();
        var account =
                accounts.find(namespace, selector.name())
                        .orElseThrow(
                                () ->
                                        missing(
                                                "ServiceAccount %s does not exist: create it, or correct auth.jwt.serviceAccountRef of the store"
                                                        .formatted(name)));
        var role = account.annotations().getOrDefault(ROLE_ANNOTATION, "");
        if (role.isEmpty()) {
            throw missing(
                    "ServiceAccount %s names no role: annotate it with %s=<ARN of an IAM role>"
                            .formatted(name, ROLE_ANNOTATION));
        }
        var audience = account.annotations().getOrDefault(AUDIENCE_ANNOTATION, DEFAULT_AUDIENCE);
        var audiences =
                Stream.concat(Stream.of(audience), selector.audiences().stream())
                        .distinct()
                        .toList();
        return new CredentialSource.ServiceAccountToken(
                new Identity.Credentials.ServiceAccountToken(
                        namespace, account.name(), account.uid(), audiences, role, sessionName));
    }

    private CredentialSource keys(AwsAuth.AwsSecretRef refs, References references)
            throws SourceException {
        var id = references.key(refs.accessKeyIDSecretRef(), "accessKeyIDSecretRef");
        var secret = references.key(refs.secretAccessKeySecretRef(), "secretAccessKeySecretRef");
        var token =
                refs.sessionTokenSecretRef() == null
                        ? Optional.<CredentialSource.SecretKeyRef>empty()
                        : Optional.of(
                                references.key(
                                        refs.sessionTokenSecretRef(), "sessionTokenSecretRef"));
        var keys = new ArrayList<Identity.SecretKey>();
        for (var ref : Stream.concat(Stream.of(id, secret), token.stream()).toList()) {
            keys.add(new Identity.SecretKey(version(ref), ref.key()));
        }
        return new CredentialSource.StaticKeys(
                new Identity.Credentials.CredentialSecrets(keys), id, secret, token);
    }

    private Identity.ObjectVersion version(CredentialSource.SecretKeyRef ref)
            throws SourceException {
        return secrets.version(ref.namespace(), ref.name())
                .orElseThrow(() -> StaticCredentials.noSecret(ref));
    }

    private static List<Identity.AssumedRole> roles(
            AwsProvider aws, Store store, String namespace, String sessionName) {
        var roles = new ArrayList<Identity.AssumedRole>();
        for (var arn : aws.additionalRoles()) {
            roles.add(SessionTags.none(arn, sessionName));
        }
        if (aws.role() != null && !aws.role().isEmpty()) {
            roles.add(SessionTags.tagged(aws, store, namespace, sessionName));
        }
        return roles;
    }

    static SourceException missing(String what) {
        return new SourceException(new CredentialsMissing(what));
    }

    /** What the references of one store's {@code auth} lead to. */
    private record References(Store store, String open) {

        /**
         * The namespace that a reference means. A SecretStore's own in any case: a foreign one was
         * refused before, and even if it was not, nobody gets at another namespace's credentials.
         */
        String namespace(@Nullable String named) {
            return isCluster() && named != null && !named.isEmpty() ? named : open;
        }

        CredentialSource.SecretKeyRef key(@Nullable SecretKeySelector selector, String field)
                throws SourceException {
            if (selector == null || selector.name() == null || selector.key() == null) {
                throw missing(
                        "auth.secretRef.%s is incomplete: it needs name and key of a Secret"
                                .formatted(field));
            }
            return new CredentialSource.SecretKeyRef(
                    namespace(selector.namespace()), selector.name(), selector.key());
        }

        String sessionName(String cluster, AwsProvider aws) {
            var name = store.getMetadata().getName();
            return !isCluster() || credentialsAreOpen(aws.auth())
                    ? SessionName.of(cluster, open, name)
                    : SessionName.of(cluster, name);
        }

        /** Whether the credentials come from the namespace that a ClusterSecretStore is used by. */
        private static boolean credentialsAreOpen(@Nullable AwsAuth auth) {
            if (auth == null) {
                return false;
            }
            if (auth.jwt() != null && auth.jwt().serviceAccountRef() != null) {
                return isOpen(auth.jwt().serviceAccountRef().namespace());
            }
            var refs = auth.secretRef();
            return refs != null
                    && Stream.of(
                                    refs.accessKeyIDSecretRef(),
                                    refs.secretAccessKeySecretRef(),
                                    refs.sessionTokenSecretRef())
                            .anyMatch(ref -> ref != null && isOpen(ref.namespace()));
        }

        private static boolean isOpen(@Nullable String namespace) {
            return namespace == null || namespace.isEmpty();
        }

        private boolean isCluster() {
            return store.kind() == StoreKind.ClusterSecretStore;
        }
    }
}
