package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreName;
import dev.lockstep.cluster.Reference;
import dev.lockstep.cluster.TrimmedSecret;
import dev.lockstep.sync.NamespacesPlan;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.SecretAnnotations;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What wakes ExternalSecrets, and the caches behind it: their Secrets, the stores that they name,
 * the labels of their namespaces, and what {@link Wakes} passes on.
 */
public final class ExternalSecretEvents implements StoreCatalog {
    private static final String BY_TARGET = "by-target";
    private static final String BY_CREATOR = "by-creator";
    private static final String BY_STORE = "by-store";
    private static final String BY_NAMESPACE = "in-namespace";
    private static final String BY_OWNER = "by-owner";
    private static final String BY_TEMPLATES = "by-templates";

    /** JOSDK else keeps for each ExternalSecret which objects wake it, and nobody asks for that. */
    private static final PrimaryToSecondaryMapper<ExternalSecret> NO_INDEX = none -> Set.of();

    private static final String OUR_SECRETS =
            SecretAnnotations.MANAGED_LABEL + "=" + SecretAnnotations.MANAGED;

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final WokenEventSource<ExternalSecret> woken = new WokenEventSource<>();
    private volatile SecretListener onSecret = (namespace, name, resourceVersion) -> {};
    private volatile Consumer<Namespace> onNamespace = namespace -> {};
    private volatile Consumer<ExternalSecret> onDeleting = deleting -> {};
    private volatile @Nullable Caches caches;

    /**
     * @param leadership told by whoever elects the leader
     * @param namespaces that are served, and nothing that belongs to none of them is watched; empty
     *     for all
     */
    public ExternalSecretEvents(
            KubernetesClient client, Wakes wakes, Leadership leadership, Set<String> namespaces) {
        this.client = client;
        this.namespaces = namespaces;
        leadership.onGained(this::seeDeleting);
        wakes.onUser(user -> woken.propagateEvent(new ResourceID(user.name(), user.namespace())));
        wakes.onStores(this::wakeReadersOf);
        wakes.onTemplates(this::wakeUsersOf);
    }

    /** What JOSDK fills for us. */
    private record Caches(
            IndexerResourceCache<ExternalSecret> externalSecrets,
            List<InformerEventSource<Secret, ExternalSecret>> secrets,
            InformerEventSource<SecretStore, ExternalSecret> stores,
            Optional<InformerEventSource<ClusterSecretStore, ExternalSecret>> clusterStores,
            Optional<InformerEventSource<Namespace, ExternalSecret>> namespaces) {

        Stream<EventSource<?, ExternalSecret>> sources() {
            return Stream.of(
                            secrets.stream(),
                            Stream.of(stores),
                            clusterStores.stream(),
                            namespaces.stream())
                    .flatMap(kind -> kind);
        }
    }

    /**
     * The event sources of the reconciler; called once, before it starts.
     *
     * @param deleting called with what is marked for deletion, which JOSDK does not reconcile, and
     *     again when this process becomes the leader
     */
    List<EventSource<?, ExternalSecret>> prepare(
            EventSourceContext<ExternalSecret> context,
            Consumer<ExternalSecret> deleting,
            Consumer<ExternalSecret> deleted) {
        onDeleting = deleting;
        woken.onDeleting(deleting);
        woken.onDeleted(deleted);
        context.getPrimaryCache()
                .addIndexers(
                        Map.of(
                                BY_TARGET,
                                ExternalSecretEvents::otherTarget,
                                BY_STORE,
                                ExternalSecretEvents::storeKeys,
                                BY_NAMESPACE,
                                es -> List.of(namespace(es)),
                                BY_TEMPLATES,
                                ExternalSecretEvents::templateKeys,
                                BY_OWNER,
                                es -> NamespacesPlan.owner(es).stream().toList()));
        var prepared =
                new Caches(
                        context.getPrimaryCache(),
                        secrets().map(each -> new InformerEventSource<>(each, context)).toList(),
                        new InformerEventSource<>(
                                stores(SecretStore.class)
                                        .withNamespacesInheritedFromController()
                                        .build(),
                                context),
                        unlessScoped(
                                () ->
                                        new InformerEventSource<>(
                                                stores(ClusterSecretStore.class).build(), context)),
                        unlessScoped(() -> new InformerEventSource<>(namespaces(), context)));
        prepared.secrets.forEach(
                each -> each.addIndexers(Map.of(BY_CREATOR, ExternalSecretEvents::otherCreator)));
        caches = prepared;
        return Stream.concat(prepared.sources(), Stream.of(woken)).toList();
    }

    private <T> Optional<T> unlessScoped(Supplier<T> source) {
        return namespaces.isEmpty() ? Optional.of(source.get()) : Optional.empty();
    }

    /**
     * One for each namespace that is served: JOSDK gives an item store to the informers of all its
     * namespaces, and fabric8 takes from it, after each list, whatever that list did not have.
     */
    private Stream<InformerEventSourceConfiguration<Secret>> secrets() {
        return namespaces.isEmpty()
                ? Stream.of(secrets("").withWatchAllNamespaces().build())
                : namespaces.stream().map(n -> secrets("/" + n).withNamespaces(n).build());
    }

    private InformerEventSourceConfiguration.Builder<Secret> secrets(String where) {
        return InformerEventSourceConfiguration.from(Secret.class, ExternalSecret.class)
                .withName("secrets" + where)
                .withLabelSelector(OUR_SECRETS)
                .withItemStore(new TransformingItemStore<>(TrimmedSecret::trim))
                .withSecondaryToPrimaryMapper(this::writersOf)
                .withPrimaryToSecondaryMapper(NO_INDEX)
                .withFollowControllerNamespacesChanges(false);
    }

    private <S extends Store> InformerEventSourceConfiguration.Builder<S> stores(Class<S> kind) {
        return InformerEventSourceConfiguration.from(kind, ExternalSecret.class)
                .withName(kind.getSimpleName().toLowerCase(Locale.ROOT) + "s")
                .withSecondaryToPrimaryMapper(this::readersOf)
                .withPrimaryToSecondaryMapper(NO_INDEX)
                .withOnUpdateFilter(StoreChanged::matters);
    }

    private InformerEventSourceConfiguration<Namespace> namespaces() {
        return InformerEventSourceConfiguration.from(Namespace.class, ExternalSecret.class)
                .withName("namespaces")
                .withItemStore(new TransformingItemStore<>(NamespaceTrim::trim))
                .withSecondaryToPrimaryMapper(this::inhabitantsOf)
                .withPrimaryToSecondaryMapper(NO_INDEX)
                .withOnUpdateFilter(NamespaceTrim::differs)
                .build();
    }

    /** Those of a namespace; none before the reconciler has been registered. */
    Stream<ExternalSecret> externalSecretsIn(String namespace) {
        return Stream.ofNullable(caches)
                .flatMap(c -> c.externalSecrets.byIndex(BY_NAMESPACE, namespace).stream());
    }

    /** All that are served or not; none before the reconciler has been registered. */
    Stream<ExternalSecret> externalSecrets() {
        return Stream.ofNullable(caches).flatMap(c -> c.externalSecrets.list(any -> true));
    }

    /** The Secret of that name as the cache shows it, if Lockstep or ESO manages it. */
    Optional<Secret> secret(String namespace, String name) {
        var id = new ResourceID(name, namespace);
        return caches().secrets.stream().flatMap(each -> each.get(id).stream()).findFirst();
    }

    /** Secrets that this ExternalSecret made, as their created-by label says. */
    Stream<Secret> secretsCreatedBy(String namespace, String name) {
        var hash = ObjectHash.ofExternalSecret(namespace, name);
        return Stream.concat(
                secret(namespace, name).stream().filter(same -> hash.equals(createdBy(same))),
                caches().secrets.stream().flatMap(each -> each.byIndex(BY_CREATOR, hash).stream()));
    }

    @Override
    public Optional<Store> find(StoreName name, String namespace) {
        return switch (name.kind()) {
            case SecretStore ->
                    caches().stores
                            .get(new ResourceID(name.name(), namespace))
                            .or(() -> live(namespace, name.name()))
                            .map(Store.class::cast);
            case ClusterSecretStore ->
                    caches().clusterStores
                            .flatMap(
                                    stores ->
                                            stores.get(new ResourceID(name.name()))
                                                    .or(() -> live(name.name())))
                            .map(Store.class::cast);
        };
    }

    /**
     * A store that is applied together with what names it may come by its watch a moment later, and
     * it alone tells whether that is ours to write to.
     */
    private Optional<SecretStore> live(String namespace, String name) {
        return client
                .resources(SecretStore.class)
                .inNamespace(namespace)
                .withField("metadata.name", name)
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    private Optional<ClusterSecretStore> live(String name) {
        return client
                .resources(ClusterSecretStore.class)
                .withField("metadata.name", name)
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return caches().namespaces
                .flatMap(namespaces -> namespaces.get(new ResourceID(namespace)))
                .map(NamespaceTrim::labels)
                .orElse(Map.of());
    }

    /** Whether the caches show every namespace and ExternalSecret of the cluster. */
    boolean seeNamespaces() {
        return woken.isRunning()
                && caches().namespaces.filter(InformerEventSource::isRunning).isPresent();
    }

    /** All of the cluster; none where the operator is scoped. */
    List<Namespace> allNamespaces() {
        return caches().namespaces.stream().flatMap(cache -> cache.list(any -> true)).toList();
    }

    Optional<ExternalSecret> externalSecret(String namespace, String name) {
        return caches().externalSecrets.get(new ResourceID(name, namespace));
    }

    /** The ExternalSecrets that a ClusterExternalSecret of that name controls. */
    List<ExternalSecret> ownedBy(String clusterExternalSecret) {
        return caches().externalSecrets.byIndex(BY_OWNER, clusterExternalSecret);
    }

    /** Told of namespaces that come, go, or change in what is kept of them. */
    void onNamespace(Consumer<Namespace> listener) {
        onNamespace = listener;
    }

    /** Told of every ExternalSecret that comes, changes or goes. */
    void onExternalSecret(WokenEventSource.Listener<ExternalSecret> listener) {
        woken.onSeen(listener);
    }

    private Set<ResourceID> inhabitantsOf(Namespace namespace) {
        onNamespace.accept(namespace);
        return ids(BY_NAMESPACE, namespace.getMetadata().getName());
    }

    /** What was marked for deletion while another process led. */
    private void seeDeleting() {
        if (caches != null) {
            caches().externalSecrets.list(ExternalSecret::isMarkedForDeletion).forEach(onDeleting);
        }
    }

    private Caches caches() {
        var prepared = caches;
        if (prepared == null) {
            throw new IllegalStateException("the reconciler has not been registered");
        }
        return prepared;
    }

    private void wakeReadersOf(Predicate<Store> concerned) {
        if (woken.isRunning()
                && caches().stores.isRunning()
                && caches().clusterStores.stream().allMatch(InformerEventSource::isRunning)) {
            Stream.<Store>concat(
                            caches().stores.list(any -> true),
                            caches().clusterStores.stream()
                                    .flatMap(stores -> stores.list(any -> true)))
                    .filter(concerned)
                    .flatMap(store -> readersOf(store).stream())
                    .forEach(woken::propagateEvent);
        }
    }

    private void wakeUsersOf(Reference templates) {
        if (woken.isRunning()) {
            ids(BY_TEMPLATES, templates.toString()).forEach(woken::propagateEvent);
        }
    }

    /** Told of each Secret that the cache has seen come, change or go. */
    void onSecret(SecretListener listener) {
        onSecret = listener;
    }

    /** By namespace, name and resourceVersion. */
    interface SecretListener {
        void saw(String namespace, String name, String resourceVersion);
    }

    private Set<ResourceID> writersOf(Secret secret) {
        var metadata = secret.getMetadata();
        onSecret.saw(metadata.getNamespace(), metadata.getName(), metadata.getResourceVersion());
        var writers = ids(BY_TARGET, key(metadata.getNamespace(), metadata.getName()));
        caches().externalSecrets
                .get(ResourceID.fromResource(secret))
                .filter(es -> es.targetName().equals(metadata.getName()))
                .map(ResourceID::fromResource)
                .ifPresent(writers::add);
        return writers;
    }

    /** Most are named like their Secret; an index over these too would hold a set for each. */
    private static List<String> otherTarget(ExternalSecret externalSecret) {
        var target = externalSecret.targetName();
        return target.equals(externalSecret.getMetadata().getName())
                ? List.of()
                : List.of(key(namespace(externalSecret), target));
    }

    private Set<ResourceID> readersOf(Store store) {
        return ids(
                BY_STORE,
                storeKey(
                        store.kind().name(),
                        store.getMetadata().getName(),
                        store.getMetadata().getNamespace()));
    }

    private Set<ResourceID> ids(String index, String key) {
        return caches().externalSecrets.byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> storeKeys(ExternalSecret externalSecret) {
        return externalSecret.spec().storeRefs().stream()
                .flatMap(ref -> ref.storeName().stream())
                .map(name -> storeKey(name.kind().name(), name.name(), namespace(externalSecret)))
                .distinct()
                .toList();
    }

    private static List<String> templateKeys(ExternalSecret externalSecret) {
        return externalSecret.spec().templateSources().stream()
                .map(source -> TemplateContents.reference(source, externalSecret).toString())
                .toList();
    }

    /** A ClusterSecretStore is the same in every namespace. */
    private static String storeKey(String kind, String name, @Nullable String namespace) {
        return kind.equals("SecretStore") ? key(namespace, name) : name;
    }

    private static String key(@Nullable String namespace, String name) {
        return namespace + "/" + name;
    }

    private static String namespace(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getNamespace();
    }

    /**
     * Most are named like their ExternalSecret; an index over these too would hold a set for each.
     */
    private static List<String> otherCreator(Secret secret) {
        var metadata = secret.getMetadata();
        var creator = createdBy(secret);
        var named = ObjectHash.ofExternalSecret(metadata.getNamespace(), metadata.getName());
        return creator == null || creator.equals(named) ? List.of() : List.of(creator);
    }

    private static @Nullable String createdBy(Secret secret) {
        var labels = secret.getMetadata().getLabels();
        return labels == null ? null : labels.get(SecretAnnotations.CREATED_BY_LABEL);
    }
}
