package dev.lockstep.api;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Go's regular expressions, which are RE2's: they take time linear in the text. What a compiled one
 * may take of memory is bounded here, because tenants write them.
 */
public final class GoRegexp {
    /** The longest text that a replacement may make, in UTF-16 units. */
    public static final int LONGEST_RESULT = 65_536;

    private final Pattern pattern;

    private GoRegexp(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static GoRegexp compile(String source) {
        var tooLarge = RegexpSize.problem(source);
        if (tooLarge.isPresent()) {
            throw new IllegalArgumentException(tooLarge.get());
        }
        try {
            return new GoRegexp(Pattern.compile(source));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
        }
    }

    /** What is wrong with it; empty when nothing is. */
    public static Optional<String> problem(String source) {
        try {
            compile(source);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Whether it matches some part of the text. */
    public boolean matches(String text) {
        return pattern.matcher(text).find();
    }

    /**
     * Go's {@code ReplaceAllString}: in the replacement {@code $1}, {@code ${1}}, {@code $name} and
     * {@code ${name}} stand for groups, a name being as long as it can, and {@code $$} for a dollar
     * sign.
     *
     * @return empty where the result would be longer than {@value #LONGEST_RESULT}
     */
    public Optional<String> replaceAll(String text, String replacement) {
        var result = new StringBuilder();
        var matcher = pattern.matcher(text);
        int copied = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            result.append(text, copied, matcher.start());
            // An empty match right behind another one is none.
            if (matcher.end() > copied || matcher.start() == 0) {
                expand(replacement, matcher, result);
            }
            if (result.length() > LONGEST_RESULT) {
                return Optional.empty();
            }
            copied = matcher.end();
            from = Math.max(copied, next(text, from));
        }
        result.append(text, copied, text.length());
        return result.length() > LONGEST_RESULT ? Optional.empty() : Optional.of(result.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GoRegexp that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }

    private static int next(String text, int from) {
        return from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
    }

    private void expand(String replacement, Matcher matcher, StringBuilder result) {
        int at = 0;
        while (at < replacement.length() && result.length() <= LONGEST_RESULT) {
            int dollar = replacement.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            result.append(replacement, at, dollar);
            at = dollar + 1;
            if (replacement.startsWith("$", at)) {
                result.append('$');
                at++;
                continue;
            }
            var reference = GroupReference.parse(replacement, at);
            if (reference == null) {
                result.append('$');
                continue;
            }
            var group = group(reference.name(), matcher);
            result.append(group == null ? "" : group);
            at = reference.end();
        }
        result.append(replacement, at, replacement.length());
    }

    private @Nullable String group(String name, Matcher matcher) {
        int number = GroupReference.number(name);
        if (number >= 0) {
            return number <= matcher.groupCount() ? matcher.group(number) : null;
        }
        var named = pattern.namedGroups().get(name);
        return named == null ? null : matcher.group(named);
    }

    /**
     * A group that a replacement names.
     *
     * @param end position behind it
     */
    private record GroupReference(String name, int end) {
        private static final int LARGEST = 8;

        /** What stands behind a dollar sign; null where it names no group. */
        static @Nullable GroupReference parse(String replacement, int start) {
            boolean braces = replacement.startsWith("{", start);
            int nameStart = braces ? start + 1 : start;
            int end = nameStart;
            while (end < replacement.length() && isWord(replacement.codePointAt(end))) {
                end = replacement.offsetByCodePoints(end, 1);
            }
            if (end == nameStart || braces && !replacement.startsWith("}", end)) {
                return null;
            }
            return new GroupReference(
                    replacement.substring(nameStart, end), braces ? end + 1 : end);
        }

        /** Negative for a name; a number has no leading zero. */
        static int number(String name) {
            boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
            boolean leadingZero = name.length() > 1 && name.startsWith("0");
            return digits && !leadingZero && name.length() <= LARGEST ? Integer.parseInt(name) : -1;
        }

        private static boolean isWord(int codePoint) {
            return Character.isLetter(codePoint)
                    || Character.isDigit(codePoint)
                    || codePoint == '_';
        }
    }
}
