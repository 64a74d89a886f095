package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.FakeGenerator;
import dev.lockstep.api.PasswordGenerator;
import dev.lockstep.api.UuidGenerator;
import dev.lockstep.source.SecretBytes;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GeneratedValuesTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void aUuid_isOfVersion4() {
        var uuid = UUID.fromString(uuid().utf8());

        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid()).isNotEqualTo(uuid());
    }

    private static SecretBytes uuid() {
        return GeneratedValues.make(new UuidGenerator().spec(), RANDOM).get("uuid");
    }

    @Test
    void aFake_givesItsDataAsItIs() {
        var fake =
                SERIALIZATION.unmarshal(
                        "---\n{metadata: {name: a}, spec: {data: {a: ' b ', c: ''}}}",
                        FakeGenerator.class);

        assertThat(GeneratedValues.make(fake.spec(), RANDOM))
                .isEqualTo(Map.of("a", SecretBytes.ofUtf8(" b "), "c", SecretBytes.ofUtf8("")));
    }

    @Test
    void aPassword_standsUnderPassword_orEachOfItsKeysWithOneOfItsOwn() {
        assertThat(passwords("{}")).containsOnlyKeys("password");
        var two = passwords("{secretKeys: [a, b]}");
        assertThat(two).containsOnlyKeys("a", "b");
        assertThat(two.get("a")).isNotEqualTo(two.get("b"));
    }

    private static SortedMap<String, SecretBytes> passwords(String spec) {
        var generator =
                SERIALIZATION.unmarshal(
                        "---\n{metadata: {name: a}, spec: " + spec + "}", PasswordGenerator.class);
        return GeneratedValues.make(generator.spec(), RANDOM);
    }
}
