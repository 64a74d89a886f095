package dev.lockstep.render;

/** Where a bracket or a quoted text ends. */
final class Brackets {
    private Brackets() {}

    /**
     * Position behind the bracket or quote that closes the first character, or the text's length.
     * Kinds of brackets are not told apart, as in gjson.
     */
    static int end(String text) {
        if (text.startsWith("\"")) {
            return afterQuote(text, 0);
        }
        int depth = 1;
        int at = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = afterQuote(text, at);
                continue;
            }
            if ("{[(".indexOf(c) >= 0) {
                depth++;
            } else if ("}])".indexOf(c) >= 0 && --depth == 0) {
                return at + 1;
            }
            at++;
        }
        return at;
    }

    private static int afterQuote(String text, int quote) {
        return Math.min(PathSyntax.closingQuote(text, quote) + 1, text.length());
    }
}
