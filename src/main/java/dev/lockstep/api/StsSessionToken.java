package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** Temporary AWS access keys. */
@Group(GeneratorGroup.NAME)
@Version(GeneratorGroup.VERSION)
@Kind("STSSessionToken")
@Singular("stssessiontoken")
@Plural("stssessiontokens")
@Categories({ApiGroup.CATEGORY, GeneratorGroup.CATEGORY})
@Labels(ApiGroup.CRD_LABEL)
@JsonClassDescription("Temporary AWS access keys.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StsSessionToken extends CustomResource<StsSessionTokenSpec, GeneratorStatus>
        implements Namespaced, Generator {
    private static final long serialVersionUID = 1L;

    /** Without managedFields, which nobody asks for here. */
    @Override
    @JsonIgnoreProperties("managedFields")
    public ObjectMeta getMetadata() {
        return super.getMetadata();
    }

    /** The spec, empty where the resource has none. */
    public StsSessionTokenSpec spec() {
        return getSpec() == null ? StsSessionTokenSpec.EMPTY : getSpec();
    }

    @Override
    public GeneratorSpec generates() {
        return spec();
    }

    @Override
    public List<Unknown> unknown() {
        return Unknown.in("spec", spec());
    }
}
