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
import java.util.List;
import java.util.Map;

/** One ExternalSecret in each of the namespaces that it selects. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("ces")
@Categories(ApiGroup.CATEGORY)
@Labels(ApiGroup.CRD_LABEL)
@AdditionalPrinterColumn(name = "Store", jsonPath = ".spec.externalSecretSpec.secretStoreRef.name")
@AdditionalPrinterColumn(name = "Refresh Interval", jsonPath = ".spec.refreshTime")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY_STATUS)
@JsonClassDescription("One ExternalSecret in each of the namespaces that it selects.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class ClusterExternalSecret
        extends CustomResource<ClusterExternalSecretSpec, ClusterExternalSecretStatus> {
    public static final String KIND = "ClusterExternalSecret";

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

    /** The spec, empty where the resource has none. */
    public ClusterExternalSecretSpec spec() {
        return getSpec() == null ? ClusterExternalSecretSpec.EMPTY : getSpec();
    }

    /** The status, empty where the resource has none yet. */
    public ClusterExternalSecretStatus status() {
        return getStatus() == null ? ClusterExternalSecretStatus.EMPTY : getStatus();
    }

    /** Name of the ExternalSecrets: the spec's, or the resource's own. */
    public String externalSecretName() {
        return Absent.or(spec().externalSecretName(), getMetadata().getName());
    }

    /** Its annotations, empty where it has none. */
    public Map<String, String> annotations() {
        return Absent.orEmpty(getMetadata().getAnnotations());
    }

    /** Fields and values of its own spec that this version of the API does not know. */
    public List<Unknown> unknown() {
        return Unknown.in("spec", spec());
    }
}
