package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** A generator for the ExternalSecrets of all namespaces. */
@Group(GeneratorGroup.NAME)
@Version(GeneratorGroup.VERSION)
@Kind("ClusterGenerator")
@Singular("clustergenerator")
@Plural("clustergenerators")
@Categories({ApiGroup.CATEGORY, GeneratorGroup.CATEGORY})
@Labels(ApiGroup.CRD_LABEL)
@JsonClassDescription("A generator for the ExternalSecrets of all namespaces.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class ClusterGenerator extends CustomResource<ClusterGeneratorSpec, GeneratorStatus>
        implements Generator {
    private static final long serialVersionUID = 1L;

    /** Without managedFields, which nobody asks for here. */
    @Override
    @JsonIgnoreProperties("managedFields")
    public ObjectMeta getMetadata() {
        return super.getMetadata();
    }

    /** The spec, empty where the resource has none. */
    public ClusterGeneratorSpec spec() {
        return getSpec() == null ? ClusterGeneratorSpec.EMPTY : getSpec();
    }

    @Override
    public GeneratorSpec generates() {
        return spec().generator().only().orElse(GeneratorSpec.NOTHING);
    }

    @Override
    public List<Unknown> unknown() {
        return Unknown.in("spec", spec());
    }
}
