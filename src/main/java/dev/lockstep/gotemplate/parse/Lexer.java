package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.parse.Token.Kind;
import dev.lockstep.gotemplate.value.Quoting;
import dev.lockstep.gotemplate.value.Runes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts a template into tokens, one at a time. */
final class Lexer {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final String LEFT_COMMENT = "/*";
    private static final String RIGHT_COMMENT = "*/";

    /** The marker and the space that must stand beside it. */
    private static final int TRIM_MARKER = 2;

    private static final int EOF = -1;
    private static final String DECIMAL = "0123456789_";
    private static final String HEX = "0123456789abcdefABCDEF_";

    private final String input;

    /** Keywords that are not, because a function has their name. */
    private final Set<String> shadowed;

    private int start;
    private int at;
    private int line = 1;
    private int lineKnownAt;
    private boolean insideAction;
    private int parens;
    private boolean failed;

    Lexer(String input, Set<String> shadowed) {
        this.input = input;
        this.shadowed = shadowed;
    }

    Token next() {
        if (failed) {
            return new Token(Kind.EOF, 0, line, "EOF");
        }
        return insideAction ? action() : text();
    }

    private Token text() {
        while (true) {
            int delimiter = input.indexOf(LEFT, at);
            int end = delimiter < 0 ? input.length() : delimiter;
            int shownEnd = end;
            if (delimiter >= 0 && trimsLeft(delimiter + LEFT.length())) {
                while (shownEnd > at && isSpace(input.charAt(shownEnd - 1))) {
                    shownEnd--;
                }
            }
            if (shownEnd > at) {
                at = shownEnd;
                var text = token(Kind.TEXT);
                at = end;
                start = end;
                return text;
            }
            at = end;
            start = end;
            if (delimiter < 0) {
                return token(Kind.EOF);
            }
            int inside = at + LEFT.length();
            int afterMarker = inside + (trimsLeft(inside) ? TRIM_MARKER : 0);
            if (!input.startsWith(LEFT_COMMENT, afterMarker)) {
                at = inside;
                var left = token(Kind.LEFT_DELIMITER);
                at = afterMarker;
                start = at;
                insideAction = true;
                parens = 0;
                return left;
            }
            start = afterMarker;
            var error = comment();
            if (error != null) {
                return error;
            }
        }
    }

    /** Skips a comment. */
    private @Nullable Token comment() {
        int end = input.indexOf(RIGHT_COMMENT, start + LEFT_COMMENT.length());
        if (end < 0) {
            return error("unclosed comment");
        }
        at = end + RIGHT_COMMENT.length();
        if (atTrimmingRight()) {
            at += TRIM_MARKER + RIGHT.length();
            skipSpaces();
        } else if (atRight()) {
            at += RIGHT.length();
        } else {
            return error("comment ends before closing delimiter");
        }
        start = at;
        return null;
    }

    private boolean trimsLeft(int from) {
        return from + 1 < input.length()
                && input.charAt(from) == '-'
                && isSpace(input.charAt(from + 1));
    }

    private boolean atTrimmingRight() {
        return trimsRight(at);
    }

    private boolean trimsRight(int from) {
        return from + 1 < input.length()
                && isSpace(input.charAt(from))
                && input.charAt(from + 1) == '-'
                && input.startsWith(RIGHT, from + TRIM_MARKER);
    }

    private boolean atRight() {
        return input.startsWith(RIGHT, at);
    }

    private void skipSpaces() {
        while (at < input.length() && isSpace(input.charAt(at))) {
            at++;
        }
    }

    private Token rightDelimiter() {
        boolean trims = atTrimmingRight();
        if (trims) {
            at += TRIM_MARKER;
            start = at;
        }
        at += RIGHT.length();
        var right = token(Kind.RIGHT_DELIMITER);
        if (trims) {
            skipSpaces();
            start = at;
        }
        insideAction = false;
        return right;
    }

    private Token action() {
        if (atTrimmingRight() || atRight()) {
            return parens == 0 ? rightDelimiter() : error("unclosed left paren");
        }
        int c = take();
        return switch (c) {
            case EOF -> error("unclosed action");
            case ' ', '\t', '\r', '\n' -> space();
            case '=' -> token(Kind.ASSIGN);
            case ':' -> take() == '=' ? token(Kind.DECLARE) : error("expected :=");
            case '|' -> token(Kind.PIPE);
            case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', Kind.CHAR_CONSTANT, "unterminated character constant");
            case '`' -> rawString();
            case '$' -> atTerminator() ? token(Kind.VARIABLE) : name(Kind.VARIABLE);
            // At the end of the text it is taken for a number, and is none.
            case '.' ->
                    isDigit(peek()) || peek() == EOF
                            ? number()
                            : atTerminator() ? token(Kind.DOT) : name(Kind.FIELD);
            case '(' -> {
                parens++;
                yield token(Kind.LEFT_PAREN);
            }
            case ')' -> {
                parens--;
                yield parens < 0 ? error("unexpected right paren") : token(Kind.RIGHT_PAREN);
            }
            default -> {
                if (c == '+' || c == '-' || isDigit(c)) {
                    yield number();
                }
                if (isAlphanumeric(c)) {
                    yield identifier();
                }
                yield c > ' ' && c < 0x7f
                        ? token(Kind.CHAR)
                        : error("unrecognized character in action: " + unicode(c));
            }
        };
    }

    /** The first is taken. Leaves the last one where it begins a trimming delimiter. */
    private Token space() {
        skipSpaces();
        if (trimsRight(at - 1)) {
            at--;
            if (at == start) {
                return rightDelimiter();
            }
        }
        return token(Kind.SPACE);
    }

    private Token identifier() {
        skipName();
        var word = input.substring(start, at);
        if (!atTerminator()) {
            return error("bad character " + unicode(peek()));
        }
        return token(
                shadowed.contains(word)
                        ? Kind.IDENTIFIER
                        : Token.KEYWORDS.getOrDefault(word, Kind.IDENTIFIER));
    }

    private Token name(Kind kind) {
        skipName();
        return atTerminator() ? token(kind) : error("bad character " + unicode(peek()));
    }

    private void skipName() {
        while (isAlphanumeric(peek())) {
            take();
        }
    }

    private boolean atTerminator() {
        int c = peek();
        return c == EOF || c < 0x80 && " \t\r\n.,|:)(".indexOf(c) >= 0 || atRight();
    }

    private Token quoted(char quote, Kind kind, String unterminated) {
        while (true) {
            int c = take();
            if (c == '\\') {
                c = take();
                if (c != EOF && c != '\n') {
                    continue;
                }
            }
            if (c == EOF || c == '\n') {
                return error(unterminated);
            }
            if (c == quote) {
                return token(kind);
            }
        }
    }

    private Token rawString() {
        int end = input.indexOf('`', at);
        if (end < 0) {
            return error("unterminated raw quoted string");
        }
        at = end + 1;
        return token(Kind.RAW_STRING);
    }

    /** Its first character is taken. What is no number after all, the parser notices. */
    private Token number() {
        at = start;
        boolean good = scanNumber();
        if (good && (peek() == '+' || peek() == '-')) {
            good = scanNumber() && input.charAt(at - 1) == 'i';
            if (good) {
                return token(Kind.COMPLEX);
            }
        }
        return good
                ? token(Kind.NUMBER)
                : error("bad number syntax: " + Quoting.quote(input.substring(start, at)));
    }

    private boolean scanNumber() {
        accept("+-");
        var digits = DECIMAL;
        if (accept("0")) {
            if (accept("xX")) {
                digits = HEX;
            } else if (accept("oO")) {
                digits = "01234567_";
            } else if (accept("bB")) {
                digits = "01_";
            }
        }
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        boolean exponent =
                digits.equals(DECIMAL) && accept("eE") || digits.equals(HEX) && accept("pP");
        if (exponent) {
            accept("+-");
            acceptRun(DECIMAL);
        }
        accept("i");
        if (isAlphanumeric(peek())) {
            take();
            return false;
        }
        return true;
    }

    private boolean accept(String valid) {
        boolean accepted = at < input.length() && valid.indexOf(input.charAt(at)) >= 0;
        at += accepted ? 1 : 0;
        return accepted;
    }

    private void acceptRun(String valid) {
        while (accept(valid)) {
            // One after the other.
        }
    }

    private int peek() {
        return at < input.length() ? Runes.at(input, at).codePoint() : EOF;
    }

    private int take() {
        if (at >= input.length()) {
            return EOF;
        }
        var rune = Runes.at(input, at);
        at += rune.width();
        return rune.codePoint();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(int c) {
        return c == '_' || c != EOF && (Character.isLetter(c) || Character.isDigit(c));
    }

    /** As {@code %#U} prints it. */
    private static String unicode(int c) {
        var code = "U+%04X".formatted(c).toUpperCase(Locale.ROOT);
        if (!Quoting.isPrintable(c)) {
            return code;
        }
        var shown = new StringBuilder(code).append(" '");
        Runes.append(shown, c);
        return shown.append('\'').toString();
    }

    private Token token(Kind kind) {
        var token =
                new Token(
                        kind,
                        start,
                        lineAtStart(),
                        kind == Kind.EOF ? "EOF" : input.substring(start, at));
        start = at;
        return token;
    }

    private Token error(String message) {
        failed = true;
        return new Token(Kind.ERROR, start, lineAtStart(), message);
    }

    private int lineAtStart() {
        for (; lineKnownAt < start; lineKnownAt++) {
            if (input.charAt(lineKnownAt) == '\n') {
                line++;
            }
        }
        return line;
    }
}
