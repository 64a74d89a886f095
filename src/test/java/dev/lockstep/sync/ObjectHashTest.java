package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.SecretBytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Vectors computed by External Secrets Operator itself. */
class ObjectHashTest {

    @Test
    void dataHash_isEsosToTheLetter() {
        var data =
                Map.of(
                        "b", SecretBytes.ofUtf8("bar"),
                        "a", SecretBytes.ofUtf8(""),
                        "c", SecretBytes.of(new byte[0]));

        assertThat(ObjectHash.ofData(data))
                .isEqualTo("762f17d31891ba1fd71723833e00309a1d13c1c862aefa4fdacd5f18");
    }

    @Test
    void dataHashOfNothing_isEsosHashOfAnEmptyMap() {
        assertThat(ObjectHash.ofData(Map.of()))
                .isEqualTo("74a974446e359fb3e6baff9bd0058950e6edd0f040888d9989b0a11b");
    }

    @Test
    void bytesAboveTheAsciiRange_areCountedUnsigned() {
        var data = Map.of("k", SecretBytes.of(new byte[] {(byte) 255, 0}));

        assertThat(ObjectHash.ofData(data)).isEqualTo(ObjectHash.ofText("map[k:[255 0]]"));
    }

    @Test
    void createdBy_isEsosToTheLetter() {
        assertThat(ObjectHash.ofExternalSecret("ns", "name"))
                .isEqualTo("bb23d4143f48a70026bb6cffbf0e5df5557eb3bc56885091e92a5690");
    }

    @Test
    void syncedResourceVersion_startsWithTheGenerationAndHashesMetadata() {
        assertThat(ObjectHash.ofResourceVersion(3, Map.of(), Map.of()))
                .isEqualTo("3-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2");
        assertThat(ObjectHash.ofResourceVersion(1, Map.of("x", "y z", "a", "1"), Map.of()))
                .isEqualTo("1-" + ObjectHash.ofText("{annotations:map[a:1 x:y z] labels:map[]}"));
    }

    @Test
    void fieldManager_isHashedOnceItWouldPassSixtyThreeCharacters() {
        var longest = "a".repeat(63 - "externalsecrets.external-secrets.io/".length());

        assertThat(FieldManager.of(longest))
                .isEqualTo("externalsecrets.external-secrets.io/" + longest)
                .hasSize(63);
        assertThat(FieldManager.of(longest + "a"))
                .isEqualTo(
                        "externalsecrets.external-secrets.io/sha3/"
                                + ObjectHash.ofText(longest + "a"));
        assertThat(FieldManager.isExternalSecret(FieldManager.of(longest + "a"))).isTrue();
        assertThat(FieldManager.isExternalSecret("kubectl-edit")).isFalse();
    }
}
