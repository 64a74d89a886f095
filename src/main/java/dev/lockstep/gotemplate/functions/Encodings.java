package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Base64, Base32 and hexadecimal, with the errors that Go tells. Texts are raw. */
final class Encodings {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int DIGITS_32 = 8;
    private static final int BITS_32 = 5;

    private Encodings() {}

    static String base64(String raw) {
        var bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Optional<String> decodeBase64(String text) {
        return badBase64(text) < 0 ? Optional.of(decoded(text)) : Optional.empty();
    }

    /** Sprig's b64dec: the error is the result. */
    static String base64OrError(String text) {
        int bad = badBase64(text);
        return bad < 0 ? decoded(text) : "illegal base64 data at input byte " + bad;
    }

    private static String decoded(String text) {
        var digits = withoutNewlines(text);
        return new String(Base64.getDecoder().decode(digits), StandardCharsets.ISO_8859_1);
    }

    /** Where Go's decoder stops; -1 for never. */
    private static int badBase64(String text) {
        int at = 0;
        while (true) {
            int digits = 0;
            while (digits < 4) {
                if (at == text.length()) {
                    return digits == 0 ? -1 : at - digits;
                }
                char c = text.charAt(at++);
                if (isBase64(c)) {
                    digits++;
                } else if (c == '=') {
                    return badPadding(text, at, digits);
                } else if (!isNewline(c)) {
                    return at - 1;
                }
            }
        }
    }

    /**
     * @param at after the first =
     */
    private static int badPadding(String text, int at, int digits) {
        int end = at;
        if (digits < 2) {
            return end - 1;
        }
        if (digits == 2) {
            end = afterNewlines(text, end);
            if (end == text.length()) {
                return text.length();
            }
            if (text.charAt(end) != '=') {
                return end - 1;
            }
            end++;
        }
        end = afterNewlines(text, end);
        return end < text.length() ? end : -1;
    }

    static String base32(String raw) {
        var text = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (int i = 0; i < raw.length(); i++) {
            bits = bits << 8 | raw.charAt(i);
            count += 8;
            while (count >= BITS_32) {
                count -= BITS_32;
                text.append(BASE32.charAt((int) (bits >> count) & 31));
            }
        }
        if (count > 0) {
            text.append(BASE32.charAt((int) (bits << BITS_32 - count) & 31));
        }
        while (text.length() % DIGITS_32 != 0) {
            text.append('=');
        }
        return text.toString();
    }

    /** Sprig's b32dec: the error is the result. */
    static String base32OrError(String text) {
        var digits = withoutNewlines(text);
        var raw = new StringBuilder();
        for (int at = 0; at < digits.length(); at += DIGITS_32) {
            int end = at;
            while (end < at + DIGITS_32 && end < digits.length() && isBase32(digits.charAt(end))) {
                end++;
            }
            int count = end - at;
            if (count < DIGITS_32) {
                int bad = badBase32(digits, at, end);
                if (bad >= 0) {
                    return "illegal base32 data at input byte " + bad;
                }
            }
            appendBase32(raw, digits, at, end);
            if (count < DIGITS_32) {
                // Whatever comes after good padding.
                break;
            }
        }
        return raw.toString();
    }

    /** Of a group that is not eight digits: where Go's decoder stops; -1 for good padding. */
    private static int badBase32(String digits, int from, int end) {
        int count = end - from;
        int left = digits.length() - end;
        if (left == 0) {
            return digits.length() - count;
        }
        boolean padded = digits.charAt(end) == '=' && count >= 2 && left <= DIGITS_32;
        if (!padded) {
            return end;
        }
        if (left - 1 + count < DIGITS_32 - 1) {
            return digits.length();
        }
        for (int i = 0; i < DIGITS_32 - 1 - count; i++) {
            if (i < left - 1 && digits.charAt(end + 1 + i) != '=') {
                return end + i;
            }
        }
        // No number of bytes takes one, three or six digits.
        return count == 3 || count == 6 ? end : -1;
    }

    private static void appendBase32(StringBuilder raw, String digits, int from, int end) {
        long bits = 0;
        int count = 0;
        for (int i = from; i < end; i++) {
            bits = bits << BITS_32 | BASE32.indexOf(digits.charAt(i));
            count += BITS_32;
            if (count >= 8) {
                count -= 8;
                raw.append((char) (bits >> count & 0xff));
            }
        }
    }

    static String hex(String text) throws FunctionException {
        try {
            var bytes = HexFormat.of().parseHex(text);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notHex) {
            throw new FunctionException(
                    text.length() % 2 == 0
                            ? "encoding/hex: invalid byte"
                            : "encoding/hex: odd length hex string");
        }
    }

    private static String withoutNewlines(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\n", "").replace("\r", "");
    }

    private static int afterNewlines(String text, int from) {
        int at = from;
        while (at < text.length() && isNewline(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/';
    }

    private static boolean isBase32(char c) {
        return c >= 'A' && c <= 'Z' || c >= '2' && c <= '7';
    }
}
