package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which store to read from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretStoreRef(
        @JsonPropertyDescription("Name of the SecretStore or ClusterSecretStore.")
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                @Nullable String name,
        @JsonPropertyDescription(
                        "Kind of the store: SecretStore, in the namespace of the ExternalSecret, or"
                                + " ClusterSecretStore. Empty means SecretStore.")
                @SchemaFrom(type = StoreKind.class)
                @Nullable String kind,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public SecretStoreRef {
        unknown = Absent.orEmpty(unknown);
    }

    public SecretStoreRef(@Nullable String name, @Nullable String kind) {
        this(name, kind, Map.of());
    }

    public StoreKind kindOrDefault() {
        return Absent.or(kind, StoreKind.SecretStore);
    }

    /** The store that is meant; empty where the kind is none that we know. */
    public Optional<StoreName> storeName() {
        return Arrays.stream(StoreKind.values())
                .filter(known -> known.name().equals(Absent.or(kind, "SecretStore")))
                .map(known -> new StoreName(known, Absent.orEmpty(name)))
                .findFirst();
    }
}
