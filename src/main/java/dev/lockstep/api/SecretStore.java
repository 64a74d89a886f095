package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A store for the ExternalSecrets of its namespace. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("ss")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class SecretStore extends CustomResource<SecretStoreSpec, SecretStoreStatus>
        implements Namespaced, Store {
    private static final long serialVersionUID = 1L;

    @Override
    public StoreKind kind() {
        return StoreKind.SecretStore;
    }
}
