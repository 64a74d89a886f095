package dev.lockstep.render;

import dev.lockstep.api.PasswordEncoding;
import dev.lockstep.api.PasswordSpec;
import dev.lockstep.source.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Passwords by ESO's rules: so many digits, so many symbols, letters for the rest, in an order of
 * chance. Every choice is uniform ({@link RandomGenerator#nextInt(int)} has no modulo bias).
 */
final class Passwords {
    /** RFC 4648's, which the JDK does not have. */
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int BASE32_BLOCK = 8;
    private static final int BASE32_BITS = 5;

    private final PasswordSpec spec;
    private final RandomGenerator random;

    private Passwords(PasswordSpec spec, RandomGenerator random) {
        this.spec = spec;
        this.random = random;
    }

    /**
     * @param spec without problems: there are characters enough for it
     */
    static SecretBytes make(PasswordSpec spec, RandomGenerator random) {
        var characters = new Passwords(spec, random).characters();
        var password = new String(characters, 0, characters.length);
        return encode(SecretBytes.ofUtf8(password), spec.encodingOrDefault());
    }

    private int[] characters() {
        var characters = new int[spec.lengthOrDefault()];
        var from = spec.characters();
        int digits = spec.digitsOrDefault();
        int symbols = spec.symbolsOrDefault();
        choose(from.digits(), characters, 0, digits);
        choose(from.symbols(), characters, digits, digits + symbols);
        choose(from.letters(), characters, digits + symbols, characters.length);
        shuffle(characters, characters.length);
        return characters;
    }

    private void choose(Set<Integer> pool, int[] into, int begin, int end) {
        var left = pool.stream().mapToInt(Integer::intValue).sorted().toArray();
        if (!spec.allowRepeat()) {
            shuffle(left, end - begin);
            System.arraycopy(left, 0, into, begin, end - begin);
            return;
        }
        for (int i = begin; i < end; i++) {
            into[i] = left[random.nextInt(left.length)];
        }
    }

    /** Fisher and Yates: the first {@code count} are then a choice out of all. */
    private void shuffle(int[] items, int count) {
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(items.length - i);
            int item = items[i];
            items[i] = items[other];
            items[other] = item;
        }
    }

    private static SecretBytes encode(SecretBytes password, PasswordEncoding encoding) {
        var bytes = password.bytes();
        return switch (encoding) {
            case raw -> password;
            case base64 -> SecretBytes.of(Base64.getEncoder().encode(bytes));
            case base64url -> SecretBytes.of(Base64.getUrlEncoder().encode(bytes));
            case base32 -> SecretBytes.of(base32(bytes).getBytes(StandardCharsets.US_ASCII));
            case hex -> SecretBytes.ofUtf8(HexFormat.of().formatHex(bytes));
        };
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << Byte.SIZE | b & 0xff;
            for (bits += Byte.SIZE; bits >= BASE32_BITS; bits -= BASE32_BITS) {
                text.append(BASE32.charAt(buffer >> bits - BASE32_BITS & 0x1f));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << BASE32_BITS - bits & 0x1f));
        }
        while (text.length() % BASE32_BLOCK != 0) {
            text.append('=');
        }
        return text.toString();
    }
}
