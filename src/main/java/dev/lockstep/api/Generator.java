package dev.lockstep.api;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** A resource that makes values instead of reading them. */
// HasMetadata would bring a deserializer that goes by apiVersion and kind; CustomResource has none.
@JsonDeserialize(using = JsonDeserializer.None.class)
public sealed interface Generator extends HasMetadata
        permits ClusterGenerator,
                EcrAuthorizationToken,
                FakeGenerator,
                PasswordGenerator,
                SshKeyGenerator,
                StsSessionToken,
                UuidGenerator {

    /** What it makes; of a ClusterGenerator the one that it holds. */
    GeneratorSpec generates();

    /** Fields and values of the spec that this version of the API does not know. */
    List<Unknown> unknown();
}
