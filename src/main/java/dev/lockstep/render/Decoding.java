package dev.lockstep.render;

import dev.lockstep.api.DecodingStrategy;
import dev.lockstep.source.SecretBytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Decoding of values, by Go's rules: padding is needed, line breaks are passed over. */
final class Decoding {
    private static final int GROUP = 4;

    private Decoding() {}

    /** The decoded value; empty when the strategy does not fit it. */
    static Optional<SecretBytes> decode(SecretBytes value, DecodingStrategy strategy) {
        return switch (strategy) {
            case None -> Optional.of(value);
            case Base64 -> decode(value, Base64.getDecoder());
            case Base64URL -> decode(value, Base64.getUrlDecoder());
            case Auto ->
                    decode(value, Base64.getDecoder())
                            .or(() -> decode(value, Base64.getUrlDecoder()))
                            .or(() -> Optional.of(value));
        };
    }

    private static Optional<SecretBytes> decode(SecretBytes value, Base64.Decoder decoder) {
        var text = withoutLineBreaks(value.bytes());
        if (text.length % GROUP != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretBytes.of(decoder.decode(text)));
        } catch (IllegalArgumentException notOfThisAlphabet) {
            return Optional.empty();
        }
    }

    private static byte[] withoutLineBreaks(byte[] text) {
        var kept = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b != '\n' && b != '\r') {
                kept[length++] = b;
            }
        }
        return Arrays.copyOf(kept, length);
    }
}
