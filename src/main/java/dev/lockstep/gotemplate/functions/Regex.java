package dev.lockstep.gotemplate.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.Meter;
import dev.lockstep.gotemplate.value.Runes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A regular expression used as Go's regexp uses it. Texts are raw; places are bytes. */
final class Regex {
    private static final String META = "\\.+*?()|[]{}^$";

    /** One step is about a microsecond, in which RE2 walks that many bytes by instructions. */
    private static final int BYTES_BY_INSTRUCTIONS_A_STEP = 128;

    private static final int PATTERN_BYTES_A_STEP = 4;

    private final Meter meter;
    private final Pattern pattern;
    private final int length;

    private Regex(Meter meter, Pattern pattern, int length) {
        this.meter = meter;
        this.pattern = pattern;
        this.length = length;
    }

    static Regex compile(Meter meter, String raw) throws FunctionException {
        long size = RepeatedSize.of(raw);
        meter.work(1 + size / PATTERN_BYTES_A_STEP);
        meter.allocate(size);
        try {
            return new Regex(
                    meter,
                    Pattern.compile(GoString.toText(raw)),
                    (int) Math.min(size, Integer.MAX_VALUE));
        } catch (PatternSyntaxException malformed) {
            throw FunctionException.quoting(
                    "error parsing regexp: " + malformed.getDescription(),
                    "error parsing regexp: " + malformed.getDescription() + ": `" + raw + "`");
        }
    }

    static String quote(String raw) {
        var quoted = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (META.indexOf(raw.charAt(i)) >= 0) {
                quoted.append('\\');
            }
            quoted.append(raw.charAt(i));
        }
        return quoted.toString();
    }

    boolean matches(String raw) {
        return matcher(raw).find();
    }

    String find(String raw) {
        var matcher = matcher(raw);
        return matcher.find() ? raw.substring(matcher.start(), matcher.end()) : "";
    }

    /**
     * @param most below zero, all
     */
    List<String> findAll(String raw, long most) {
        var found = new ArrayList<String>();
        for (var span : spans(raw, most)) {
            found.add(raw.substring(span.start(), span.end()));
        }
        return found;
    }

    List<String> split(String raw, long most) {
        var pieces = new ArrayList<String>();
        if (length > 0 && raw.isEmpty()) {
            pieces.add("");
            return pieces;
        }
        int begin = 0;
        int end = 0;
        for (var span : spans(raw, most)) {
            if (most > 0 && pieces.size() == most - 1) {
                break;
            }
            end = span.start();
            if (span.end() != 0) {
                pieces.add(raw.substring(begin, end));
            }
            begin = span.end();
        }
        if (end != raw.length()) {
            pieces.add(raw.substring(begin));
        }
        return pieces;
    }

    /** With $1, ${1} and ${name} standing for groups. */
    String replaceAll(String raw, String replacement) {
        return replaceAll(raw, matcher -> expanded(raw, replacement, matcher));
    }

    String replaceAllLiteral(String raw, String replacement) {
        return replaceAll(raw, matcher -> replacement);
    }

    private interface Replacement {
        String of(Matcher match);
    }

    private String replaceAll(String raw, Replacement replacement) {
        var matcher = matcher(raw);
        var replaced = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at <= raw.length() && findFrom(matcher, raw, at)) {
            replaced.append(raw, copied, matcher.start());
            // No empty match right after another match.
            if (matcher.end() > copied || matcher.start() == 0) {
                var text = replacement.of(matcher);
                meter.allocate(text.length());
                replaced.append(text);
            }
            copied = matcher.end();
            int next = at + widthAt(raw, at);
            at = Math.max(next, matcher.end());
        }
        return replaced.append(raw, copied, raw.length()).toString();
    }

    private record Span(int start, int end) {}

    /** Matches that do not overlap, without empty ones right after another. */
    private List<Span> spans(String raw, long most) {
        var matcher = matcher(raw);
        var spans = new ArrayList<Span>();
        long limit = most < 0 ? Long.MAX_VALUE : most;
        int at = 0;
        int previousEnd = -1;
        while (spans.size() < limit && at <= raw.length() && findFrom(matcher, raw, at)) {
            boolean accepted = true;
            if (matcher.end() == at) {
                accepted = matcher.start() != previousEnd;
                at += widthAt(raw, at);
            } else {
                at = matcher.end();
            }
            previousEnd = matcher.end();
            if (accepted) {
                meter.allocate(64L + matcher.end() - matcher.start());
                spans.add(new Span(matcher.start(), matcher.end()));
            }
        }
        return spans;
    }

    private boolean findFrom(Matcher matcher, String raw, int at) {
        boolean found = matcher.find(at);
        int end = found ? matcher.end() : raw.length();
        charge(end - at);
        return found;
    }

    /** At the end, one more than nothing. */
    private static int widthAt(String raw, int at) {
        return at < raw.length() ? Runes.at(raw, at).width() : 1;
    }

    private Matcher matcher(String raw) {
        charge(raw.length());
        return pattern.matcher(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void charge(int bytes) {
        meter.work(1 + Texts.product(bytes, length) / BYTES_BY_INSTRUCTIONS_A_STEP);
    }

    private String expanded(String raw, String template, Matcher match) {
        var text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$') {
                text.append(c);
                at++;
            } else if (template.startsWith("$$", at)) {
                text.append('$');
                at += 2;
            } else {
                var reference = Reference.at(template, at);
                if (reference == null) {
                    text.append('$');
                    at++;
                } else {
                    text.append(group(raw, reference.name(), match));
                    at = reference.end();
                }
            }
        }
        return text.toString();
    }

    private String group(String raw, String name, Matcher match) {
        boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber) {
            boolean isGroup = name.length() < 9 && Integer.parseInt(name) <= match.groupCount();
            return isGroup ? group(raw, Integer.parseInt(name), match) : "";
        }
        var index = pattern.namedGroups().get(GoString.toText(name));
        return index == null ? "" : group(raw, index, match);
    }

    private static String group(String raw, int index, Matcher match) {
        return match.start(index) < 0 ? "" : raw.substring(match.start(index), match.end(index));
    }

    /** {@code $name}, as long as letters go, or {@code ${name}}. */
    private record Reference(String name, int end) {
        static @Nullable Reference at(String template, int dollar) {
            boolean braced = template.startsWith("{", dollar + 1);
            int from = dollar + (braced ? 2 : 1);
            int end = from;
            while (end < template.length()) {
                var rune = Runes.at(template, end);
                if (!Character.isLetterOrDigit(rune.codePoint()) && rune.codePoint() != '_') {
                    break;
                }
                end += rune.width();
            }
            boolean closed = !braced || template.startsWith("}", end);
            return end == from || !closed
                    ? null
                    : new Reference(template.substring(from, end), braced ? end + 1 : end);
        }
    }
}
