package dev.lockstep.gotemplate.functions;

import com.google.re2j.Pattern;
import dev.lockstep.gotemplate.value.FunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A constraint on versions in the syntax of Masterminds/semver v3.3, which Sprig uses. The version
 * libraries for the JVM speak npm's, Maven's or Ruby's dialect; none has this one's wildcards,
 * commas, {@code =>}, ranges and rule for prereleases.
 *
 * @param anyOf groups of bounds; a version must keep all bounds of one group
 */
record VersionConstraint(List<List<Bound>> anyOf) {

    private static final String VERSION =
            "v?([0-9|x|X|\\*]+)(\\.[0-9|x|X|\\*]+)?(\\.[0-9|x|X|\\*]+)?"
                    + "(-([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?"
                    + "(\\+([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?";
    private static final String OPERATOR = "=||!=|>|<|>=|=>|<=|=<|~|~>|\\^";
    private static final Pattern BOUND =
            Pattern.compile("\\s*(%s)\\s*(%s)\\s*".formatted(OPERATOR, VERSION));
    private static final Pattern NEXT_BOUND =
            Pattern.compile("(%s)\\s*(%s)".formatted(OPERATOR, VERSION));
    private static final Pattern GROUP =
            Pattern.compile(
                    "(\\s*(%s)\\s*(%s)\\s*)((?:\\s+|,\\s*)(%s)\\s*(%s)\\s*)*"
                            .formatted(OPERATOR, VERSION, OPERATOR, VERSION));
    private static final Pattern RANGE =
            Pattern.compile("\\s*(%s)\\s+-\\s+(%s)\\s*".formatted(VERSION, VERSION));
    private static final int RANGE_END = 11;

    static VersionConstraint parse(String text) throws FunctionException {
        var groups = new ArrayList<List<Bound>>();
        for (var group : withoutRanges(text).split("\\|\\|", -1)) {
            if (!GROUP.matcher(group).matches()) {
                throw improper(group);
            }
            groups.add(bounds(group));
        }
        return new VersionConstraint(List.copyOf(groups));
    }

    boolean admits(SemanticVersion version) {
        return anyOf.stream()
                .anyMatch(group -> group.stream().allMatch(bound -> bound.admits(version)));
    }

    /** {@code 1.2 - 2.3} is {@code >= 1.2, <= 2.3}. */
    private static String withoutRanges(String text) {
        var rewritten = text;
        var range = RANGE.matcher(text);
        while (range.find()) {
            var whole = range.group();
            var bounds = ">= " + range.group(1) + ", <= " + range.group(RANGE_END) + " ";
            int at = rewritten.indexOf(whole);
            if (at >= 0) {
                rewritten =
                        rewritten.substring(0, at)
                                + bounds
                                + rewritten.substring(at + whole.length());
            }
        }
        return rewritten;
    }

    private static List<Bound> bounds(String group) throws FunctionException {
        var bounds = new ArrayList<Bound>();
        var next = NEXT_BOUND.matcher(group);
        while (next.find()) {
            bounds.add(Bound.parse(next.group()));
        }
        return List.copyOf(bounds);
    }

    private static FunctionException improper(String constraint) {
        return FunctionException.quoting(
                "improper constraint", "improper constraint: " + constraint);
    }

    /** From which segment on any number will do. */
    enum Wildcard {
        NONE,
        PATCH,
        MINOR,
        MAJOR
    }

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        LESS,
        AT_LEAST,
        AT_MOST,
        TILDE,
        CARET;

        private static final Map<String, Operator> BY_SIGN =
                Map.ofEntries(
                        Map.entry("", EQUAL),
                        Map.entry("=", EQUAL),
                        Map.entry("!=", NOT_EQUAL),
                        Map.entry(">", GREATER),
                        Map.entry("<", LESS),
                        Map.entry(">=", AT_LEAST),
                        Map.entry("=>", AT_LEAST),
                        Map.entry("<=", AT_MOST),
                        Map.entry("=<", AT_MOST),
                        Map.entry("~", TILDE),
                        Map.entry("~>", TILDE),
                        Map.entry("^", CARET));

        static Operator of(String sign) {
            return BY_SIGN.get(sign);
        }
    }

    record Bound(Operator operator, SemanticVersion version, Wildcard wildcard) {

        static Bound parse(String text) throws FunctionException {
            var parts = BOUND.matcher(text);
            if (!parts.matches()) {
                throw improper(text);
            }
            var major = parts.group(3);
            var minor = parts.group(4);
            var patch = parts.group(5);
            var prerelease = parts.group(6) == null ? "" : parts.group(6);
            var operator = Operator.of(parts.group(1));
            if (isAny(major)) {
                return bound(operator, "0.0.0" + prerelease, Wildcard.MAJOR);
            }
            if (isAny(minor)) {
                return bound(operator, major + ".0.0" + prerelease, Wildcard.MINOR);
            }
            if (isAny(patch)) {
                return bound(operator, major + minor + ".0" + prerelease, Wildcard.PATCH);
            }
            return bound(operator, parts.group(2), Wildcard.NONE);
        }

        boolean admits(SemanticVersion candidate) {
            boolean exactlyNotEqual = operator == Operator.NOT_EQUAL && wildcard == Wildcard.NONE;
            if (!exactlyNotEqual
                    && !candidate.prerelease().isEmpty()
                    && version.prerelease().isEmpty()) {
                return false;
            }
            return switch (operator) {
                case EQUAL ->
                        wildcard == Wildcard.NONE ? candidate.sameAs(version) : tilde(candidate);
                case NOT_EQUAL -> notEqual(candidate);
                case GREATER -> greater(candidate);
                case LESS -> candidate.compareTo(version) < 0;
                case AT_LEAST -> candidate.compareTo(version) >= 0;
                case AT_MOST -> atMost(candidate);
                case TILDE -> tilde(candidate);
                case CARET -> caret(candidate);
            };
        }

        private boolean notEqual(SemanticVersion candidate) {
            return switch (wildcard) {
                case MINOR -> !sameMajor(candidate);
                case PATCH ->
                        !sameMajor(candidate)
                                || !sameMinor(candidate)
                                || SemanticVersion.comparePrereleases(
                                                candidate.prerelease(), version.prerelease())
                                        != 0;
                case NONE, MAJOR -> !candidate.sameAs(version);
            };
        }

        private boolean greater(SemanticVersion candidate) {
            int majors = Long.compareUnsigned(candidate.major(), version.major());
            return switch (wildcard) {
                case MINOR -> majors > 0;
                case PATCH ->
                        majors > 0
                                || majors == 0
                                        && Long.compareUnsigned(candidate.minor(), version.minor())
                                                > 0;
                case NONE, MAJOR -> candidate.compareTo(version) > 0;
            };
        }

        private boolean atMost(SemanticVersion candidate) {
            if (wildcard == Wildcard.NONE) {
                return candidate.compareTo(version) <= 0;
            }
            int majors = Long.compareUnsigned(candidate.major(), version.major());
            boolean laterMinor =
                    Long.compareUnsigned(candidate.minor(), version.minor()) > 0
                            && wildcard != Wildcard.MINOR;
            return majors < 0 || majors == 0 && !laterMinor;
        }

        /** The same major and minor, from the bound on. */
        private boolean tilde(SemanticVersion candidate) {
            if (candidate.compareTo(version) < 0) {
                return false;
            }
            boolean wide = wildcard == Wildcard.MINOR || wildcard == Wildcard.PATCH;
            if (isZero() && !wide) {
                return true;
            }
            return sameMajor(candidate) && (sameMinor(candidate) || wildcard == Wildcard.MINOR);
        }

        /** No change of the leftmost segment that is not zero, from the bound on. */
        private boolean caret(SemanticVersion candidate) {
            if (candidate.compareTo(version) < 0 || !sameMajor(candidate)) {
                return false;
            }
            if (version.major() != 0 || wildcard == Wildcard.MINOR) {
                return true;
            }
            if (!sameMinor(candidate)) {
                return false;
            }
            return version.minor() != 0
                    || wildcard == Wildcard.PATCH
                    || candidate.patch() == version.patch();
        }

        private boolean isZero() {
            return version.major() == 0 && version.minor() == 0 && version.patch() == 0;
        }

        private boolean sameMajor(SemanticVersion candidate) {
            return candidate.major() == version.major();
        }

        private boolean sameMinor(SemanticVersion candidate) {
            return candidate.minor() == version.minor();
        }

        private static boolean isAny(@Nullable String segment) {
            if (segment == null || segment.isEmpty()) {
                return true;
            }
            var symbol = segment.startsWith(".") ? segment.substring(1) : segment;
            return symbol.equals("x") || symbol.equals("X") || symbol.equals("*");
        }

        private static Bound bound(Operator operator, String version, Wildcard wildcard)
                throws FunctionException {
            try {
                return new Bound(operator, SemanticVersion.parse(version), wildcard);
            } catch (FunctionException notAVersion) {
                throw new FunctionException("constraint Parser Error");
            }
        }
    }
}
