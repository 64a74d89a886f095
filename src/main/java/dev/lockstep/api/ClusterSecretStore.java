package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A store for the ExternalSecrets of every namespace that its conditions allow. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("css")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class ClusterSecretStore extends CustomResource<SecretStoreSpec, SecretStoreStatus>
        implements Store {
    private static final long serialVersionUID = 1L;

    @Override
    public StoreKind kind() {
        return StoreKind.ClusterSecretStore;
    }
}
