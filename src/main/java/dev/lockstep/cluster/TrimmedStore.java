package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.UnaryOperator;

/** An informer's store that keeps of each object only what is asked for later. */
final class TrimmedStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final UnaryOperator<T> trim;

    private TrimmedStore(UnaryOperator<T> trim) {
        super(Cache::metaNamespaceKeyFunc);
        this.trim = trim;
    }

    static TrimmedStore<Secret> ofSecrets() {
        return new TrimmedStore<>(
                secret -> new SecretBuilder().withMetadata(identity(secret)).build());
    }

    static TrimmedStore<ConfigMap> ofConfigMaps() {
        return new TrimmedStore<>(
                map -> new ConfigMapBuilder().withMetadata(identity(map)).build());
    }

    /** With annotations. */
    static TrimmedStore<ServiceAccount> ofServiceAccounts() {
        return new TrimmedStore<>(
                account ->
                        new ServiceAccountBuilder()
                                .withMetadata(identity(account))
                                .editMetadata()
                                .withAnnotations(account.getMetadata().getAnnotations())
                                .endMetadata()
                                .build());
    }

    @Override
    public T put(String key, T object) {
        return super.put(key, trim.apply(object));
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static ObjectMeta identity(HasMetadata object) {
        var metadata = object.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build();
    }
}
