package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are given out as they are written. */
@JsonClassDescription("The values.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FakeSpec(
        @JsonPropertyDescription(
                        "Class of the operator that serves this generator. Empty: the operators of"
                                + " the default class.")
                @Nullable String controller,
        @JsonPropertyDescription("Values by key.") Map<String, String> data,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    static final FakeSpec EMPTY = new FakeSpec(null, Map.of(), Map.of());

    public FakeSpec {
        data = Absent.orEmpty(data);
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.Fake;
    }

    @Override
    public String field() {
        return "fakeSpec";
    }

    /** The class of the operator that serves it; empty for the default class. */
    public String controllerOrEmpty() {
        return Absent.orEmpty(controller);
    }

    /** Values are not told, though whoever may read the resource may read them. */
    @Override
    public String toString() {
        return "FakeSpec[controller=%s, keys=%s]".formatted(controller, data.keySet());
    }
}
