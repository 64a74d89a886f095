package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.ServiceAccounts;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * ServiceAccounts from one informer that keeps uid and annotations only (one per namespace where
 * the operator is bound to some), and their tokens.
 */
public final class KubernetesServiceAccounts implements ServiceAccounts, AutoCloseable {
    /** As short as Kubernetes makes them: a token is exchanged at once. */
    private static final long TOKEN_SECONDS = 600;

    private final KubernetesClient client;
    private final List<SharedIndexInformer<ServiceAccount>> informers;

    /**
     * @param namespaces that the operator is bound to; none for all
     * @param changed called with namespace and name of an account that came, went, or has other
     *     annotations. Called on the client's threads, so must not block
     */
    public KubernetesServiceAccounts(
            KubernetesClient client, Set<String> namespaces, BiConsumer<String, String> changed) {
        this.client = client;
        this.informers =
                namespaces.isEmpty()
                        ? List.of(client.serviceAccounts().inAnyNamespace().runnableInformer(0))
                        : namespaces.stream()
                                .map(
                                        namespace ->
                                                client.serviceAccounts()
                                                        .inNamespace(namespace)
                                                        .runnableInformer(0))
                                .toList();
        for (var informer : informers) {
            informer.itemStore(TrimmedStore.ofServiceAccounts())
                    .exceptionHandler((started, failure) -> true)
                    .addEventHandler(new Changes(changed));
        }
    }

    /**
     * Fills the cache; before, {@link #find} knows nobody.
     *
     * @throws IllegalStateException when that takes too long
     */
    public void start(Duration patience) {
        var started =
                informers.stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(started).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "cannot list ServiceAccounts: check that the Kubernetes API answers and that the operator's role grants get, list and watch on serviceaccounts",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while listing ServiceAccounts", e);
        }
    }

    /** Whether changes are heard of just now, in one of the namespaces at least. */
    public boolean isWatching() {
        return informers.stream().anyMatch(SharedIndexInformer::isWatching);
    }

    @Override
    public Optional<Account> find(String namespace, String name) {
        var key = Cache.namespaceKeyFunc(namespace, name);
        return informers.stream()
                .map(informer -> informer.getStore().getByKey(key))
                .filter(Objects::nonNull)
                .map(ServiceAccount::getMetadata)
                .map(
                        metadata ->
                                new Account(
                                        metadata.getNamespace(),
                                        metadata.getName(),
                                        metadata.getUid(),
                                        LiveSecret.orEmpty(metadata.getAnnotations())))
                .findFirst();
    }

    @Override
    public SecretBytes token(String namespace, String name, List<String> audiences)
            throws SourceException {
        var what = "a token of ServiceAccount " + namespace + "/" + name;
        try {
            var answer =
                    client.serviceAccounts()
                            .inNamespace(namespace)
                            .withName(name)
                            .tokenRequest(request(audiences));
            return SecretBytes.ofUtf8(answer.getStatus().getToken());
        } catch (KubernetesClientException e) {
            throw switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND ->
                        missing(
                                "ServiceAccount %s/%s does not exist: create it, or correct auth.jwt.serviceAccountRef"
                                        .formatted(namespace, name));
                case HttpURLConnection.HTTP_FORBIDDEN ->
                        missing(
                                "the operator may not ask for %s: %s; grant create on serviceaccounts/token to its role"
                                        .formatted(what, ApiFailures.denied(e)));
                default -> ApiFailures.unreachableSource("asking for " + what, e);
            };
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }

    private static TokenRequest request(List<String> audiences) {
        return new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audiences)
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build();
    }

    private static SourceException missing(String what) {
        return new SourceException(new SourceFailure.CredentialsMissing(what));
    }

    private record Changes(BiConsumer<String, String> changed)
            implements ResourceEventHandler<ServiceAccount> {

        @Override
        public void onAdd(ServiceAccount account) {
            tell(account);
        }

        @Override
        public void onUpdate(ServiceAccount before, ServiceAccount account) {
            var was = before.getMetadata();
            var is = account.getMetadata();
            if (!Objects.equals(was.getUid(), is.getUid())
                    || !Objects.equals(was.getAnnotations(), is.getAnnotations())) {
                tell(account);
            }
        }

        @Override
        public void onDelete(ServiceAccount account, boolean stateIsUnknown) {
            tell(account);
        }

        private void tell(ServiceAccount account) {
            changed.accept(account.getMetadata().getNamespace(), account.getMetadata().getName());
        }
    }
}
