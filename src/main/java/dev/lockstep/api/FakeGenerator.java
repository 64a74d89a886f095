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

/** Values as they are written here, for tests. */
@Group(GeneratorGroup.NAME)
@Version(GeneratorGroup.VERSION)
@Kind("Fake")
@Singular("fake")
@Plural("fakes")
@Categories({ApiGroup.CATEGORY, GeneratorGroup.CATEGORY})
@Labels(ApiGroup.CRD_LABEL)
@JsonClassDescription("Values as they are written here, for tests.")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class FakeGenerator extends CustomResource<FakeSpec, GeneratorStatus>
        implements Namespaced, Generator {
    private static final long serialVersionUID = 1L;

    /** Without managedFields, which nobody asks for here. */
    @Override
    @JsonIgnoreProperties("managedFields")
    public ObjectMeta getMetadata() {
        return super.getMetadata();
    }

    /** The spec, empty where the resource has none. */
    public FakeSpec spec() {
        return getSpec() == null ? FakeSpec.EMPTY : getSpec();
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
