package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.Quoting;
import dev.lockstep.gotemplate.value.Runes;
import java.util.Locale;

/** What {@code html}, {@code js} and {@code urlquery} do. All texts are raw. */
final class Escaping {
    private Escaping() {}

    static String html(String raw) {
        var out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '\0' -> Runes.append(out, Runes.ERROR);
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String js(String raw) {
        var out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            int c = rune.codePoint();
            if (c == '\\' || c == '\'' || c == '"') {
                out.append('\\').append((char) c);
            } else if (c < ' ' || c < 0x80 && "<>&=".indexOf(c) >= 0) {
                out.append(unicode(c));
            } else if (c < 0x80 || Quoting.isPrintable(c)) {
                out.append(raw, i, i + rune.width());
            } else {
                out.append(unicode(c));
            }
            i += rune.width();
        }
        return out.toString();
    }

    private static String unicode(int c) {
        return "\\u" + "%04x".formatted(c).toUpperCase(Locale.ROOT);
    }

    static String urlQuery(String raw) {
        var out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-_.~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
