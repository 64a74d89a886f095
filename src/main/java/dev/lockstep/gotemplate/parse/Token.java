package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.value.Quoting;
import dev.lockstep.gotemplate.value.Runes;
import java.util.Map;

/**
 * @param text as it stands in the template; of an {@link Kind#ERROR}, what is wrong
 */
record Token(Kind kind, int position, int line, String text) {
    private static final int LONGEST_SHOWN = 10;

    enum Kind {
        ERROR,
        BOOL,
        CHAR,
        CHAR_CONSTANT,
        COMPLEX,
        ASSIGN,
        DECLARE,
        EOF,
        FIELD,
        IDENTIFIER,
        LEFT_DELIMITER,
        LEFT_PAREN,
        NUMBER,
        PIPE,
        RAW_STRING,
        RIGHT_DELIMITER,
        RIGHT_PAREN,
        SPACE,
        STRING,
        TEXT,
        VARIABLE,
        BLOCK,
        BREAK,
        CONTINUE,
        DOT,
        DEFINE,
        ELSE,
        END,
        IF,
        NIL,
        RANGE,
        TEMPLATE,
        WITH;

        boolean isKeyword() {
            return compareTo(BLOCK) >= 0;
        }
    }

    static final Map<String, Kind> KEYWORDS =
            Map.ofEntries(
                    Map.entry("block", Kind.BLOCK),
                    Map.entry("break", Kind.BREAK),
                    Map.entry("continue", Kind.CONTINUE),
                    Map.entry("define", Kind.DEFINE),
                    Map.entry("else", Kind.ELSE),
                    Map.entry("end", Kind.END),
                    Map.entry("if", Kind.IF),
                    Map.entry("nil", Kind.NIL),
                    Map.entry("range", Kind.RANGE),
                    Map.entry("template", Kind.TEMPLATE),
                    Map.entry("with", Kind.WITH),
                    Map.entry("true", Kind.BOOL),
                    Map.entry("false", Kind.BOOL));

    boolean is(Kind other) {
        return kind == other;
    }

    /** As errors name it. */
    String shown() {
        if (kind == Kind.EOF) {
            return "EOF";
        }
        if (kind == Kind.ERROR) {
            return text;
        }
        if (kind.isKeyword()) {
            return "<" + text + ">";
        }
        return text.length() > LONGEST_SHOWN
                ? Quoting.quote(firstRunes(text)) + "..."
                : Quoting.quote(text);
    }

    private static String firstRunes(String raw) {
        int end = 0;
        for (int i = 0; i < LONGEST_SHOWN && end < raw.length(); i++) {
            end += Runes.at(raw, end).width();
        }
        return raw.substring(0, end);
    }
}
