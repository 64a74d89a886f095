package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which secret to read, which part of it, and how to turn it into bytes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RemoteRef(
        @JsonPropertyDescription(
                        "Name or ARN of the secret. The store's prefix is put before a name, not"
                                + " before an ARN.")
                @Required
                String key,
        @JsonPropertyDescription(
                        "Path of one property of a JSON value, in gjson syntax. Absent: the whole"
                                + " value.")
                @Nullable String property,
        @JsonPropertyDescription(
                        "Staging label, such as AWSPREVIOUS, or uuid/ followed by a version id."
                                + " Absent: AWSCURRENT.")
                @Nullable String version,
        @JsonPropertyDescription(
                        "Fetch reads the tags of the secret in place of its value. Absent: None.")
                @SchemaFrom(type = MetadataPolicy.class)
                @Nullable String metadataPolicy,
        @JsonPropertyDescription(
                        "How characters that a Secret's key must not have are replaced: Default"
                                + " (by _) or Unicode (by _U and the code point). Absent: Default.")
                @SchemaFrom(type = ConversionStrategy.class)
                @Nullable String conversionStrategy,
        @JsonPropertyDescription(
                        "How the value is decoded: None, Base64, Base64URL, or Auto, which decodes"
                                + " what it can. Absent: None.")
                @SchemaFrom(type = DecodingStrategy.class)
                @Nullable String decodingStrategy,
        @JsonPropertyDescription("Fail refuses a value that holds a null byte. Absent: Ignore.")
                @SchemaFrom(type = NullBytePolicy.class)
                @Nullable String nullBytePolicy,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public RemoteRef {
        key = Absent.orEmpty(key);
        unknown = Absent.orEmpty(unknown);
    }

    /** A reference to a key with everything else absent. */
    public static RemoteRef of(String key) {
        return of(key, null, null);
    }

    /** A reference to a property and a version of a key, with everything else absent. */
    public static RemoteRef of(String key, @Nullable String property, @Nullable String version) {
        return new RemoteRef(key, property, version, null, null, null, null, Map.of());
    }

    public String propertyOrEmpty() {
        return Absent.orEmpty(property);
    }

    public String versionOrEmpty() {
        return Absent.orEmpty(version);
    }

    public MetadataPolicy metadataPolicyOrDefault() {
        return Absent.or(metadataPolicy, MetadataPolicy.None);
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
