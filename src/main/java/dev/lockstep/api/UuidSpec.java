package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/** A UUID has nothing to set. */
@JsonClassDescription("Nothing is to be set.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UuidSpec(@JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    static final UuidSpec EMPTY = new UuidSpec(Map.of());

    public UuidSpec {
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.UUID;
    }

    @Override
    public String field() {
        return "uuidSpec";
    }
}
