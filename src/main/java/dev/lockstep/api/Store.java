package dev.lockstep.api;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SecretStore or a ClusterSecretStore: where secrets live and who may read them. */
// HasMetadata would bring a deserializer that goes by apiVersion and kind; CustomResource has none.
@JsonDeserialize(using = JsonDeserializer.None.class)
public sealed interface Store extends HasMetadata permits SecretStore, ClusterSecretStore {
    @Nullable SecretStoreSpec getSpec();

    @Nullable SecretStoreStatus getStatus();

    StoreKind kind();

    /** The spec, empty where the resource has none. */
    default SecretStoreSpec spec() {
        var spec = getSpec();
        return spec == null ? SecretStoreSpec.EMPTY : spec;
    }

    /** The status, empty where the resource has none yet. */
    default SecretStoreStatus status() {
        var status = getStatus();
        return status == null ? SecretStoreStatus.EMPTY : status;
    }

    /** The class of the operator that serves this store; empty for the default class. */
    default String controller() {
        return Absent.orEmpty(spec().controller());
    }

    /** Fields and values of the spec that this version of the API does not know. */
    default List<Unknown> unknown() {
        return Unknown.in("spec", spec());
    }
}
