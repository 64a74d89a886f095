package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/** A Secret and the remote secrets that it is made of. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
// Given, or fabric8 derives them, as strings of its own, for every object it reads.
@Singular("externalsecret")
@Plural("externalsecrets")
@ShortNames("es")
@Categories(ApiGroup.CATEGORY)
@Labels(ApiGroup.CRD_LABEL)
@AdditionalPrinterColumn(name = "StoreType", jsonPath = ".spec.secretStoreRef.kind")
@AdditionalPrinterColumn(name = "Store", jsonPath = ".spec.secretStoreRef.name")
@AdditionalPrinterColumn(name = "Refresh Interval", jsonPath = ".spec.refreshInterval")
@AdditionalPrinterColumn(name = "Status", jsonPath = ApiGroup.READY_REASON)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ApiGroup.READY_STATUS)
@AdditionalPrinterColumn(
        name = "Last Sync",
        jsonPath = ".status.refreshTime",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.secretStoreRef.name")
@AdditionalSelectableField(jsonPath = ".spec.secretStoreRef.kind")
@AdditionalSelectableField(jsonPath = ".spec.target.name")
@AdditionalSelectableField(jsonPath = ".spec.refreshInterval")
@JsonClassDescription("A Secret and the remote secrets that it is made of.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class ExternalSecret extends CustomResource<ExternalSecretSpec, ExternalSecretStatus>
        implements Namespaced {
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
    public ExternalSecretSpec spec() {
        return getSpec() == null ? ExternalSecretSpec.EMPTY : getSpec();
    }

    /** The status, empty where the resource has none yet. */
    public ExternalSecretStatus status() {
        return getStatus() == null ? ExternalSecretStatus.EMPTY : getStatus();
    }

    /** Name of the Secret: the target's, or the resource's own. */
    public String targetName() {
        return Absent.or(spec().target().name(), getMetadata().getName());
    }

    /** Fields and values of the spec that this version of the API does not know. */
    public List<Unknown> unknown() {
        return Unknown.in("spec", spec());
    }

    /** Its labels, empty where it has none. */
    public Map<String, String> labels() {
        return Absent.orEmpty(getMetadata().getLabels());
    }

    /** Its annotations, empty where it has none. */
    public Map<String, String> annotations() {
        return Absent.orEmpty(getMetadata().getAnnotations());
    }
}
