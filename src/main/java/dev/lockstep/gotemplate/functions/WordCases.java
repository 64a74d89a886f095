package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.Runes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** camelcase, snakecase and kebabcase as huandu/xstrings 1.5, which Sprig uses, makes them. */
final class WordCases {
    private static final int FIRST_CJK = 0x3400;

    private WordCases() {}

    private enum Kind {
        NONE,
        NUMBER,
        UPPER,
        ALPHABET,
        CONNECTOR,
        PUNCTUATION,
        OTHER
    }

    private record Word(Kind kind, String raw) {
        static final Word END = new Word(Kind.NONE, "");

        boolean continuesNumber() {
            return kind == Kind.ALPHABET || kind == Kind.NUMBER;
        }

        /** Whether a connector is to stand before it. */
        boolean wantsConnector() {
            return kind != Kind.CONNECTOR && kind != Kind.PUNCTUATION;
        }
    }

    /** {@code some_words} is SomeWords. */
    static String camel(String raw) {
        var runes = new ArrayList<Integer>();
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            runes.add(rune.codePoint());
            i += rune.width();
        }
        var text = new StringBuilder(raw.length());
        int at = 0;
        while (at < runes.size() && isConnector(runes.get(at))) {
            Runes.append(text, runes.get(at++));
        }
        if (at == runes.size()) {
            // Of connectors alone, the last comes twice.
            if (at > 0) {
                Runes.append(text, runes.get(at - 1));
            }
            return text.toString();
        }
        int first = runes.get(at++);
        boolean lowering = Letters.isUpper(first);
        int current = Character.toUpperCase(first);
        while (at < runes.size()) {
            int previous = current;
            current = runes.get(at++);
            if (isConnector(previous) && isConnector(current)) {
                Runes.append(text, previous);
                continue;
            }
            if (isConnector(previous)) {
                lowering = Letters.isUpper(current);
                current = Character.toUpperCase(current);
                continue;
            }
            if (lowering) {
                if (Letters.isUpper(current)) {
                    current = Character.toLowerCase(current);
                } else {
                    lowering = false;
                }
            }
            Runes.append(text, previous);
        }
        Runes.append(text, current);
        return text.toString();
    }

    /** {@code HTTPServer} is http_server or http-server. */
    static String lower(String raw, char connector) {
        return raw.isEmpty() ? "" : new Lowering(words(raw), connector).run();
    }

    private static final class Lowering {
        private final List<Word> words;
        private final char connector;
        private final StringBuilder text = new StringBuilder();
        private int at;

        Lowering(List<Word> words, char connector) {
            this.words = words;
            this.connector = connector;
        }

        String run() {
            var word = next();
            while (hasMore()) {
                if (word.kind() != Kind.CONNECTOR) {
                    append(word);
                }
                var previous = word;
                word = next();
                word =
                        switch (previous.kind()) {
                            case NUMBER -> afterNumber(word);
                            case CONNECTOR -> {
                                append(previous);
                                yield word;
                            }
                            case PUNCTUATION -> word;
                            default -> afterLetters(word);
                        };
            }
            append(word);
            return text.toString();
        }

        private Word afterNumber(Word first) {
            var word = numbersAndLetters(first);
            if (word.kind() != Kind.NONE && word.wantsConnector()) {
                text.append(connector);
            }
            return word;
        }

        private Word afterLetters(Word word) {
            if (word.kind() != Kind.NUMBER) {
                if (word.wantsConnector()) {
                    text.append(connector);
                }
                return word;
            }
            if (!hasMore()) {
                return word;
            }
            var next = next();
            if (next.kind() != Kind.ALPHABET) {
                // The number belongs to the word before: Bld4Floor is bld4_floor.
                append(word);
                if (next.wantsConnector()) {
                    text.append(connector);
                }
                return next;
            }
            // The number begins a word: HTTP2xx is http_2xx.
            text.append(connector);
            append(word);
            return afterNumber(next);
        }

        private Word numbersAndLetters(Word first) {
            var word = first;
            while (word.continuesNumber()) {
                append(word);
                word = next();
            }
            return word;
        }

        private boolean hasMore() {
            return at < words.size();
        }

        private Word next() {
            return at < words.size() ? words.get(at++) : Word.END;
        }

        private void append(Word word) {
            if (word.kind() != Kind.UPPER && word.kind() != Kind.CONNECTOR) {
                text.append(word.raw());
                return;
            }
            for (int i = 0; i < word.raw().length(); ) {
                var rune = Runes.at(word.raw(), i);
                int c = rune.codePoint();
                Runes.append(
                        text,
                        isConnector(c)
                                ? connector
                                : Letters.isUpper(c) ? Character.toLowerCase(c) : c);
                i += rune.width();
            }
        }
    }

    private static List<Word> words(String raw) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < raw.length()) {
            var word = word(raw, at);
            words.add(word);
            at += word.raw().length();
        }
        return words;
    }

    private static Word word(String raw, int at) {
        var first = valid(raw, at, Runes.ERROR);
        if (first.codePoint() == Runes.ERROR) {
            return new Word(Kind.NONE, raw.substring(at, at + first.width()));
        }
        int c = first.codePoint();
        int after = at + first.width();
        if (isConnector(c)) {
            return run(raw, at, after, c, Kind.CONNECTOR, WordCases::isConnector);
        }
        if (Letters.isPunctuation(c)) {
            return run(raw, at, after, c, Kind.PUNCTUATION, Letters::isPunctuation);
        }
        if (Letters.isUpper(c)) {
            return upper(raw, at, after, c);
        }
        if (isAlphabet(c)) {
            return run(raw, at, after, c, Kind.ALPHABET, WordCases::isLowerAlphabet);
        }
        if (Letters.isNumber(c)) {
            return run(raw, at, after, c, Kind.NUMBER, Letters::isNumber);
        }
        return run(raw, at, after, c, Kind.OTHER, WordCases::isOther);
    }

    /** Capitals, without the last where a word begins with it, or a capital and what follows. */
    private static Word upper(String raw, int at, int after, int first) {
        if (after == raw.length()) {
            return new Word(Kind.UPPER, raw.substring(at));
        }
        var second = valid(raw, after, first);
        if (Letters.isUpper(second.codePoint())) {
            int end = after + second.width();
            int last = second.width();
            var rune = second;
            while (end < raw.length()) {
                rune = valid(raw, end, rune.codePoint());
                if (!Letters.isUpper(rune.codePoint())) {
                    break;
                }
                last = rune.width();
                end += rune.width();
            }
            boolean wordBegins = end < raw.length() && isAlphabet(rune.codePoint());
            return new Word(Kind.UPPER, raw.substring(at, wordBegins ? end - last : end));
        }
        if (isAlphabet(second.codePoint())) {
            return run(
                    raw,
                    at,
                    after + second.width(),
                    second.codePoint(),
                    Kind.UPPER,
                    WordCases::isLowerAlphabet);
        }
        return new Word(Kind.UPPER, raw.substring(at, after));
    }

    private static Word run(
            String raw, int at, int from, int first, Kind kind, IntPredicate member) {
        int end = from;
        int previous = first;
        while (end < raw.length()) {
            var rune = valid(raw, end, previous);
            if (!member.test(rune.codePoint())) {
                break;
            }
            previous = rune.codePoint();
            end += rune.width();
        }
        return new Word(kind, raw.substring(at, end));
    }

    /** The next rune with the broken bytes before it; for broken bytes alone, the one given. */
    private static Runes.Rune valid(String raw, int at, int otherwise) {
        int end = at;
        while (end < raw.length()) {
            var rune = Runes.at(raw, end);
            end += rune.width();
            if (rune.codePoint() != Runes.ERROR) {
                return new Runes.Rune(rune.codePoint(), at, end - at);
            }
        }
        return new Runes.Rune(otherwise, at, end - at);
    }

    private static boolean isConnector(int rune) {
        return rune == '-' || rune == '_' || Letters.isSpace(rune);
    }

    private static boolean isLowerAlphabet(int rune) {
        return isAlphabet(rune) && !Letters.isUpper(rune);
    }

    private static boolean isOther(int rune) {
        return !isConnector(rune)
                && !isAlphabet(rune)
                && !Letters.isNumber(rune)
                && !Letters.isPunctuation(rune);
    }

    /** Letters without those of Chinese, Japanese and Korean. */
    private static boolean isAlphabet(int rune) {
        if (!Character.isLetter(rune)) {
            return false;
        }
        return rune < FIRST_CJK
                || !(rune >= 0x4E00 && rune <= 0x9FCC
                        || rune >= 0x3400 && rune <= 0x4D85
                        || rune >= 0x20000 && rune <= 0x2B81D);
    }
}
