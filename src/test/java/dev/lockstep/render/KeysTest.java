package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.api.ConversionStrategy;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

class KeysTest {
    private static final Origin ORIGIN = new Origin("spec.dataFrom[0]", "", "a");

    @Property
    void convertedAsciiKey_isAlwaysAllowed(
            @ForAll @NotEmpty @StringLength(max = 20) @CharRange(from = ' ', to = '~') String key,
            @ForAll ConversionStrategy strategy)
            throws Exception {
        var converted = Keys.convert(Map.of(key, 1), strategy, ORIGIN);

        assertThatCode(() -> Keys.check(converted.firstKey(), ORIGIN)).doesNotThrowAnyException();
    }

    @Property
    void allowedKey_staysAsItIs(
            @ForAll @NotEmpty @StringLength(max = 20) @AlphaChars @CharRange(from = '-', to = '.')
                    String key,
            @ForAll ConversionStrategy strategy)
            throws Exception {
        assertThat(Keys.convert(Map.of(key, 1), strategy, ORIGIN)).containsOnlyKeys(key);
    }
}
