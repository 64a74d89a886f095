package dev.lockstep.render;

import dev.lockstep.api.ConversionStrategy;
import dev.lockstep.render.RenderFailure.InvalidKey;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keys of a Secret. */
final class Keys {
    private static final int LONGEST = 253;
    private static final Pattern ALLOWED = Pattern.compile("[-._a-zA-Z0-9]*+");

    /** What a key may be. */
    static final String RULE = "allowed are 1 to " + LONGEST + " letters, digits, '-', '_' and '.'";

    private Keys() {}

    static boolean isValid(String key) {
        return !key.isEmpty() && key.length() <= LONGEST && ALLOWED.matcher(key).matches();
    }

    /**
     * Replaces what is neither letter, number nor one of {@code -._}, as ESO does. Letters and
     * numbers of any script stay, and are then refused by {@link #check}.
     *
     * @throws RenderException when two keys become one
     */
    static <V> SortedMap<String, V> convert(
            Map<String, V> byKey, ConversionStrategy strategy, Origin origin)
            throws RenderException {
        var converted = new TreeMap<String, V>();
        var originals = new HashMap<String, String>();
        for (var entry : byKey.entrySet()) {
            var key = convert(entry.getKey(), strategy);
            var other = originals.put(key, entry.getKey());
            converted.put(key, entry.getValue());
            if (other != null) {
                throw new RenderException(
                        new InvalidKey(
                                origin,
                                key,
                                "both %s and %s get this key by conversionStrategy %s"
                                        .formatted(
                                                Printable.of(other),
                                                Printable.of(entry.getKey()),
                                                strategy)));
            }
        }
        return converted;
    }

    private static String convert(String key, ConversionStrategy strategy) {
        var converted = new StringBuilder();
        key.codePoints()
                .forEach(
                        c -> {
                            if (isKept(c)) {
                                converted.appendCodePoint(c);
                            } else {
                                converted.append(replacement(c, strategy));
                            }
                        });
        return converted.toString();
    }

    private static String replacement(int codePoint, ConversionStrategy strategy) {
        return strategy == ConversionStrategy.Unicode ? "_U%04x_".formatted(codePoint) : "_";
    }

    private static boolean isKept(int codePoint) {
        return Character.isLetter(codePoint)
                || isNumber(codePoint)
                || "-._".indexOf(codePoint) >= 0;
    }

    /** Go's {@code unicode.IsNumber}: category N. */
    private static boolean isNumber(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /**
     * @throws RenderException for a key that the API server would refuse
     */
    static void check(String key, Origin origin) throws RenderException {
        if (key.isEmpty()) {
            throw new RenderException(new InvalidKey(origin, key, "it is empty"));
        }
        if (!ALLOWED.matcher(key).matches()) {
            throw new RenderException(
                    new InvalidKey(origin, key, "allowed are letters, digits, '-', '_' and '.'"));
        }
        if (key.length() > LONGEST) {
            throw new RenderException(
                    new InvalidKey(
                            origin,
                            key,
                            "%d characters, allowed are %d".formatted(key.length(), LONGEST)));
        }
    }
}
