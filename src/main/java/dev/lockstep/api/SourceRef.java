package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another source than the ExternalSecret's own store: exactly one of a store and a generator. */
@ValidationRule(
        value = "has(self.storeRef) != has(self.generatorRef)",
        message = "set exactly one of storeRef and generatorRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SourceRef(
        @JsonPropertyDescription("Store to read from in place of spec.secretStoreRef.")
                @Nullable SecretStoreRef storeRef,
        @JsonPropertyDescription("Generator that makes the values.")
                @Nullable GeneratorRef generatorRef,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public SourceRef {
        unknown = Absent.orEmpty(unknown);
    }

    /** The store that it names, or the fallback. */
    static SecretStoreRef storeOr(SecretStoreRef fallback, @Nullable SourceRef source) {
        return source == null || source.storeRef() == null ? fallback : source.storeRef();
    }
}
