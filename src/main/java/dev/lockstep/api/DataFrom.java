package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Many keys of the target from one place: exactly one of extract, find and a generator. */
@ValidationRule(
        value = "has(self.extract) || has(self.find) || has(self.sourceRef)",
        message = "asks for nothing: add extract, find or sourceRef.generatorRef")
@ValidationRule(
        value = "!has(self.extract) || !has(self.find)",
        message = "extract and find exclude each other: make two entries of them")
@ValidationRule(
        value =
                "!has(self.sourceRef) || !has(self.sourceRef.generatorRef)"
                        + " || !has(self.extract) && !has(self.find)",
        message =
                "a generator excludes extract and find: move sourceRef.generatorRef to an entry of"
                        + " its own")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DataFrom(
        @JsonPropertyDescription("Takes each property of one JSON value as a key.")
                @Nullable RemoteRef extract,
        @JsonPropertyDescription("Takes each secret that matches as a key.") @Nullable Find find,
        @JsonPropertyDescription("Changes the keys, in the order given.") List<Rewrite> rewrite,
        @JsonPropertyDescription(
                        "Reads from another store, or takes what a generator makes (then without"
                                + " extract and find).")
                @Nullable SourceRef sourceRef,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public DataFrom {
        rewrite = Absent.orEmpty(rewrite);
        unknown = Absent.orEmpty(unknown);
    }

    /** An extract with everything else absent. */
    public static DataFrom extract(RemoteRef ref) {
        return new DataFrom(ref, null, List.of(), null, Map.of());
    }

    /** Which secrets of the store match. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Find(
            @JsonPropertyDescription("Only names that start with this path.") @Nullable String path,
            @JsonPropertyDescription("Only names that match.") @Nullable FindName name,
            @JsonPropertyDescription("Only secrets that carry all these tags.")
                    Map<String, String> tags,
            @JsonPropertyDescription(
                            "How characters that a Secret's key must not have are replaced:"
                                    + " Default (by _) or Unicode (by _U and the code point)."
                                    + " Absent: Default.")
                    @SchemaFrom(type = ConversionStrategy.class)
                    @Nullable String conversionStrategy,
            @JsonPropertyDescription(
                            "How values are decoded: None, Base64, Base64URL, or Auto, which"
                                    + " decodes what it can. Absent: None.")
                    @SchemaFrom(type = DecodingStrategy.class)
                    @Nullable String decodingStrategy,
            @JsonPropertyDescription("Fail refuses a value that holds a null byte. Absent: Ignore.")
                    @SchemaFrom(type = NullBytePolicy.class)
                    @Nullable String nullBytePolicy,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public Find {
            tags = Absent.orEmpty(tags);
            unknown = Absent.orEmpty(unknown);
        }

        public ConversionStrategy conversionStrategyOrDefault() {
            return Absent.or(conversionStrategy, ConversionStrategy.Default);
        }

        public DecodingStrategy decodingStrategyOrDefault() {
            return Absent.or(decodingStrategy, DecodingStrategy.None);
        }

        public NullBytePolicy nullBytePolicyOrDefault() {
            return Absent.or(nullBytePolicy, NullBytePolicy.Ignore);
        }
    }

    /** A pattern for names. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record FindName(
            @JsonPropertyDescription("Regular expression, in RE2 syntax.") @Nullable String regexp,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        public FindName {
            unknown = Absent.orEmpty(unknown);
        }
    }
}
