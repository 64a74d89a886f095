package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which keys are made. */
@JsonClassDescription("Which keys are made.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SshKeySpec(
        @JsonPropertyDescription("The algorithm.")
                @Default("rsa")
                @SchemaFrom(type = SshKeyType.class)
                @Nullable String keyType,
        @JsonPropertyDescription(
                        "Bits of the key. rsa: 1024 and more, absent 2048. ecdsa: 256, 384 or 521,"
                                + " any other means 256. ed25519 has one size.")
                @Min(256)
                @Max(8192)
                @Nullable Integer keySize,
        @JsonPropertyDescription("Comment that both keys carry.") @Nullable String comment,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject, GeneratorSpec {
    public static final int DEFAULT_RSA_SIZE = 2048;

    static final SshKeySpec EMPTY = new SshKeySpec(null, null, null, Map.of());

    public SshKeySpec {
        unknown = Absent.orEmpty(unknown);
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.SSHKey;
    }

    @Override
    public String field() {
        return "sshKeySpec";
    }

    public SshKeyType keyTypeOrDefault() {
        return Absent.or(keyType, SshKeyType.rsa);
    }

    public int rsaSizeOrDefault() {
        return keySize == null ? DEFAULT_RSA_SIZE : keySize;
    }

    /** As in ESO any size that has no curve means 256. */
    public int ecdsaSizeOrDefault() {
        return keySize != null && (keySize == 384 || keySize == 521) ? keySize : 256;
    }

    public String commentOrEmpty() {
        return Absent.orEmpty(comment);
    }
}
