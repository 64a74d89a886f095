package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.DecodingStrategy;
import dev.lockstep.source.SecretBytes;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accepted texts are in the table of {@link SecretDataTest}. */
class DecodingTest {

    @Property
    void encodedBytes_comeBackByTheirStrategyAndByAuto(@ForAll byte[] bytes) {
        var plain = Base64.getEncoder().encodeToString(bytes);
        var url = Base64.getUrlEncoder().encodeToString(bytes);

        assertThat(decode(plain, DecodingStrategy.Base64)).isEqualTo(bytes);
        assertThat(decode(plain, DecodingStrategy.Auto)).isEqualTo(bytes);
        assertThat(decode(url, DecodingStrategy.Base64URL)).isEqualTo(bytes);
        assertThat(decode(url, DecodingStrategy.Auto)).isEqualTo(bytes);
    }

    @Test
    void lineBreaks_arePassedOver() {
        assertThat(decode("aG\r\nk=\n", DecodingStrategy.Base64)).asString().isEqualTo("hi");
    }

    @ParameterizedTest
    @CsvSource({
        "Base64, aGk",
        "Base64, aG k=",
        "Base64, Pz8_",
        "Base64, ====",
        "Base64, aGk=aGk=",
        "Base64URL, Pz8/",
        "Base64URL, aGk"
    })
    void textThatGoRefuses_isNotDecoded(DecodingStrategy strategy, String text) {
        assertThat(Decoding.decode(SecretBytes.ofUtf8(text), strategy)).isEmpty();
    }

    private static byte[] decode(String text, DecodingStrategy strategy) {
        return Decoding.decode(SecretBytes.ofUtf8(text), strategy).orElseThrow().bytes();
    }
}
