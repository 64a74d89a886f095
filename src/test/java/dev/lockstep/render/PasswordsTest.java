package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.PasswordGenerator;
import dev.lockstep.api.PasswordSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords by the rules of the reference. */
class PasswordsTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @Test
    void byDefault_itHas24Characters_aQuarterDigits_aQuarterSymbols_andRepeatsNone() {
        var password = make("{}", 1);

        assertThat(password).hasSize(24);
        assertThat(count(password, Character::isDigit)).isEqualTo(6);
        assertThat(count(password, c -> PasswordSpec.DEFAULT_SYMBOLS.indexOf(c) >= 0)).isEqualTo(6);
        assertThat(password.chars().distinct().count()).isEqualTo(24);
    }

    @Test
    void theDefaultSymbols_areAsciisPunctuationWithoutApostropheAndSemicolon() {
        assertThat(PasswordSpec.DEFAULT_SYMBOLS.chars().sorted().mapToObj(Character::toString))
                .containsExactly("!\"#$%&()*+,-./:<=>?@[\\]^_`{|}~".split(""));
    }

    @Property
    void everyPassword_hasAsManyOfEachAsAsked(
            @ForAll @IntRange(max = 10) int digits,
            @ForAll @IntRange(max = 20) int symbols,
            @ForAll @IntRange(min = 1, max = 26) int letters,
            @ForAll boolean noUpper,
            @ForAll boolean allowRepeat,
            @ForAll long seed) {
        var password =
                make(
                        "{length: %d, digits: %d, symbols: %d, noUpper: %s, allowRepeat: %s}"
                                .formatted(
                                        digits + symbols + letters,
                                        digits,
                                        symbols,
                                        noUpper,
                                        allowRepeat),
                        seed);

        assertThat(password).hasSize(digits + symbols + letters);
        assertThat(count(password, Character::isDigit)).isEqualTo(digits);
        assertThat(count(password, Character::isLetter)).isEqualTo(letters);
        assertThat(noUpper && count(password, Character::isUpperCase) > 0).isFalse();
        assertThat(allowRepeat || password.chars().distinct().count() == password.length())
                .isTrue();
    }

    /** 62 letters in 256 values: by a remainder the first eight would come a quarter more often. */
    @Test
    void everyLetter_isAsLikelyAsAnyOther() {
        var random = new Random(7);
        var spec = spec("{length: 520000, digits: 0, symbols: 0, allowRepeat: true}");
        var counts = new HashMap<Integer, Integer>();
        Passwords.make(spec, random).utf8().chars().forEach(c -> counts.merge(c, 1, Integer::sum));

        assertThat(counts).hasSize(52);
        // 10,000 each; five standard deviations are 500.
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(9500, 10500));
    }

    @Test
    void everyPlace_isAsLikelyToBeTheDigits() {
        var random = new Random(7);
        var spec = spec("{length: 10, digits: 1, symbols: 0}");
        var counts = new int[10];
        for (int i = 0; i < 20_000; i++) {
            counts[place(Passwords.make(spec, random).utf8())]++;
        }

        // 2,000 each; five standard deviations are 212.
        for (int count : counts) {
            assertThat(count).isBetween(1788, 2212);
        }
    }

    private static int place(String password) {
        int place = 0;
        while (!Character.isDigit(password.charAt(place))) {
            place++;
        }
        return place;
    }

    @Test
    void ownSymbols_takeTheirPlace_beyondAsciiToo() {
        assertThat(make("{length: 4, digits: 0, symbols: 4, symbolCharacters: '§€𝔸!'}", 3))
                .matches("[§€𝔸!]{4}");
    }

    @Test
    void aLetterAmongTheSymbols_isNoLetterToo() {
        var password =
                make("{length: 26, digits: 0, symbols: 1, symbolCharacters: a, noUpper: true}", 3);

        assertThat(password.chars().distinct().count()).isEqualTo(26);
    }

    @ParameterizedTest
    @CsvSource({
        "raw, '[a-z]{5}'",
        "base64, '[A-Za-z0-9+/]{7}='",
        "base64url, '[A-Za-z0-9_-]{7}='",
        "base32, '[A-Z2-7]{8}'",
        "hex, '[0-9a-f]{10}'"
    })
    void itIsWrittenInItsEncoding(String encoding, String form) {
        assertThat(
                        make(
                                "{length: 5, digits: 0, symbols: 0, noUpper: true, encoding: %s}"
                                        .formatted(encoding),
                                1))
                .matches(form);
    }

    /** The vectors of RFC 4648, by letters that leave no choice. */
    @ParameterizedTest
    @CsvSource({
        "f, MY======",
        "ff, MZTA====",
        "fff, MZTGM===",
        "ffff, MZTGMZQ=",
        "fffff, MZTGMZTG"
    })
    void base32_isThatOfTheRfc(String text, String encoded) {
        assertThat(
                        make(
                                "{length: %d, digits: 0, symbols: %d, symbolCharacters: f, allowRepeat: true, encoding: base32}"
                                        .formatted(text.length(), text.length()),
                                1))
                .isEqualTo(encoded);
    }

    private static String make(String yaml, long seed) {
        return Passwords.make(spec(yaml), new Random(seed)).utf8();
    }

    private static PasswordSpec spec(String yaml) {
        return SERIALIZATION
                .unmarshal(
                        "---\n{metadata: {name: a}, spec: " + yaml + "}", PasswordGenerator.class)
                .spec();
    }

    private static long count(String text, IntPredicate matches) {
        return text.chars().filter(matches).count();
    }
}
