package dev.lockstep.render;

/** The escapes of a quoted text in a query. */
final class Escapes {
    private static final String LETTERS = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;

    private Escapes() {}

    /** Ends where JSON would not allow the text, as in gjson. */
    static String resolve(String text) {
        var resolved = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                break;
            }
            if (c != '\\') {
                resolved.append(c);
                continue;
            }
            i++;
            if (text.startsWith("u", i) && i + HEX_DIGITS < text.length()) {
                resolved.append(codeUnit(text.substring(i + 1, i + 1 + HEX_DIGITS)));
                i += HEX_DIGITS;
                continue;
            }
            int letter = i < text.length() ? LETTERS.indexOf(text.charAt(i)) : -1;
            if (letter < 0) {
                break;
            }
            resolved.append(MEANINGS.charAt(letter));
        }
        return resolved.toString();
    }

    /** U+0000 for what is not hexadecimal. */
    private static char codeUnit(String hex) {
        return hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                ? (char) Integer.parseInt(hex, 16)
                : '\0';
    }
}
