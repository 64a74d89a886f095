package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A store for the ExternalSecrets of every namespace that its conditions allow. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("css")
@Categories(ApiGroup.CATEGORY)
@Labels(ApiGroup.CRD_LABEL)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Status", jsonPath = ApiGroup.READY_REASON)
@AdditionalPrinterColumn(name = "Capabilities", jsonPath = ".status.capabilities")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY_STATUS)
@JsonClassDescription(
        "A store for the ExternalSecrets of every namespace that its conditions allow.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class ClusterSecretStore extends CustomResource<SecretStoreSpec, SecretStoreStatus>
        implements Store {
    private static final long serialVersionUID = 1L;

    /**
     * Without managedFields, which nobody asks for here and which take more memory in a cache than
     * all the rest.
     */
    @Override
    @JsonIgnoreProperties("managedFields")
    public ObjectMeta getMetadata() {
        return super.getMetadata();
    }

    @Override
    public StoreKind kind() {
        return StoreKind.ClusterSecretStore;
    }
}
