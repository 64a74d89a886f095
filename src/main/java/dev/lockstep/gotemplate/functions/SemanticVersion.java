package dev.lockstep.gotemplate.functions;

import com.google.re2j.Pattern;
import dev.lockstep.gotemplate.value.FunctionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as Masterminds/semver v3, which Sprig uses, reads and orders it: minor and patch may be
 * left out, and a leading {@code v} is allowed. Segments are unsigned.
 */
record SemanticVersion(
        long major, long minor, long patch, String prerelease, String metadata, String original)
        implements Comparable<SemanticVersion> {

    private static final Pattern SYNTAX =
            Pattern.compile(
                    "v?([0-9]+)(\\.[0-9]+)?(\\.[0-9]+)?"
                            + "(-([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?"
                            + "(\\+([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?");

    static SemanticVersion parse(String text) throws FunctionException {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new FunctionException("Invalid Semantic Version");
        }
        var prerelease = orEmpty(parts.group(5));
        for (var identifier : identifiers(prerelease)) {
            if (isNumber(identifier) && identifier.length() > 1 && identifier.startsWith("0")) {
                throw new FunctionException("Version segment starts with 0");
            }
        }
        return new SemanticVersion(
                segment(parts.group(1)),
                segment(parts.group(2)),
                segment(parts.group(3)),
                prerelease,
                orEmpty(parts.group(8)),
                text);
    }

    SemanticVersion nextMajor() {
        return next(major + 1, 0, 0);
    }

    SemanticVersion nextMinor() {
        return next(major, minor + 1, 0);
    }

    /** Of a prerelease: the release that it leads to. */
    SemanticVersion nextPatch() {
        return next(major, minor, prerelease.isEmpty() ? patch + 1 : patch);
    }

    /** The order of versions; metadata has no part in it. */
    @Override
    public int compareTo(SemanticVersion other) {
        int order = Long.compareUnsigned(major, other.major);
        if (order == 0) {
            order = Long.compareUnsigned(minor, other.minor);
        }
        if (order == 0) {
            order = Long.compareUnsigned(patch, other.patch);
        }
        if (order != 0) {
            return order;
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return comparePrereleases(prerelease, other.prerelease);
    }

    boolean sameAs(SemanticVersion other) {
        return compareTo(other) == 0;
    }

    @Override
    public String toString() {
        return "%s.%s.%s%s%s"
                .formatted(
                        Long.toUnsignedString(major),
                        Long.toUnsignedString(minor),
                        Long.toUnsignedString(patch),
                        prerelease.isEmpty() ? "" : "-" + prerelease,
                        metadata.isEmpty() ? "" : "+" + metadata);
    }

    static int comparePrereleases(String left, String right) {
        var ours = identifiers(left);
        var theirs = identifiers(right);
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            int order = compareIdentifiers(at(ours, i), at(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Numbers come before words, the missing before both. */
    private static int compareIdentifiers(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(right.isEmpty(), left.isEmpty());
        }
        boolean leftIsNumber = fitsUnsignedLong(left);
        boolean rightIsNumber = fitsUnsignedLong(right);
        if (leftIsNumber && rightIsNumber) {
            return Long.compareUnsigned(
                    Long.parseUnsignedLong(left), Long.parseUnsignedLong(right));
        }
        if (leftIsNumber || rightIsNumber) {
            return Boolean.compare(rightIsNumber, leftIsNumber);
        }
        return left.compareTo(right);
    }

    private SemanticVersion next(long major, long minor, long patch) {
        var bare = new SemanticVersion(major, minor, patch, "", "", "");
        return new SemanticVersion(
                major, minor, patch, "", "", (original.startsWith("v") ? "v" : "") + bare);
    }

    private static long segment(@Nullable String text) throws FunctionException {
        if (text == null) {
            return 0;
        }
        var digits = text.startsWith(".") ? text.substring(1) : text;
        if (!fitsUnsignedLong(digits)) {
            throw FunctionException.quoting(
                    "Error parsing version segment: value out of range",
                    "Error parsing version segment: strconv.ParseUint: parsing \"%s\": value out of range"
                            .formatted(digits));
        }
        return Long.parseUnsignedLong(digits);
    }

    private static boolean fitsUnsignedLong(String text) {
        if (!isNumber(text)) {
            return false;
        }
        try {
            Long.parseUnsignedLong(text);
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<String> identifiers(String text) {
        return List.of(text.split("\\.", -1));
    }

    private static String at(List<String> identifiers, int index) {
        return index < identifiers.size() ? identifiers.get(index) : "";
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
