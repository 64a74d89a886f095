package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a password is made. */
@JsonClassDescription("How the password is made.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordSpec(
        @JsonPropertyDescription("Number of characters.") @Default("24") @Nullable Integer length,
        @JsonPropertyDescription("Number of digits. Absent: a quarter of the length.")
                @Nullable Integer digits,
        @JsonPropertyDescription("Number of symbols. Absent: a quarter of the length.")
                @Nullable Integer symbols,
        @JsonPropertyDescription(
                        "The symbols to choose from. Absent: the punctuation of ASCII without"
                                + " apostrophe and semicolon.")
                @Nullable String symbolCharacters,
        @JsonPropertyDescription("Without upper-case letters.") @Default("false") boolean noUpper,
        @JsonPropertyDescription("A character may come more than once.") @Default("false")
                boolean allowRepeat,
        @JsonPropertyDescription("Keys that get a password of their own each. Absent: password.")
                @Size(min = 1)
                List<String> secretKeys,
        @JsonPropertyDescription("How the password is written.")
                @Default("raw")
                @SchemaFrom(type = PasswordEncoding.class)
                @Nullable String encoding,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    public static final int DEFAULT_LENGTH = 24;
    public static final String DEFAULT_SYMBOLS = "~!@#$%^&*()_+`-={}|[]\\:\"<>?,./";

    static final PasswordSpec EMPTY =
            new PasswordSpec(null, null, null, null, false, false, List.of(), null, Map.of());

    private static final List<String> DEFAULT_KEYS = List.of("password");

    public PasswordSpec {
        secretKeys = Absent.orEmpty(secretKeys);
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.Password;
    }

    @Override
    public String field() {
        return "passwordSpec";
    }

    /** As in ESO zero or less is the default. */
    public int lengthOrDefault() {
        return length == null || length <= 0 ? DEFAULT_LENGTH : length;
    }

    public int digitsOrDefault() {
        return digits == null ? lengthOrDefault() / 4 : digits;
    }

    public int symbolsOrDefault() {
        return symbols == null ? lengthOrDefault() / 4 : symbols;
    }

    public String symbolCharactersOrDefault() {
        return symbolCharacters == null ? DEFAULT_SYMBOLS : symbolCharacters;
    }

    /** What its characters are chosen from. */
    public PasswordCharacters characters() {
        return PasswordCharacters.of(this);
    }

    public List<String> secretKeysOrDefault() {
        return secretKeys.isEmpty() ? DEFAULT_KEYS : secretKeys;
    }

    public PasswordEncoding encodingOrDefault() {
        return Absent.or(encoding, PasswordEncoding.raw);
    }
}
