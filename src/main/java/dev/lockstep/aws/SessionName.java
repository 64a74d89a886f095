package dev.lockstep.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of an assumed role's session, by which CloudTrail tells which cluster and store asked:
 * {@code <cluster>.<namespace>.<store>}, or {@code <cluster>.<store>}.
 *
 * <p>STS takes 2 to 64 characters of {@code [\w+=,.@-]}.
 */
final class SessionName {
    private static final int LONGEST = 64;
    private static final int HASH = 8;
    private static final String SEPARATOR = ".";

    private SessionName() {}

    static String of(String... parts) {
        var clean = List.of(parts).stream().map(SessionName::clean).toList();
        var name = String.join(SEPARATOR, clean);
        return name.length() <= LONGEST ? name : cut(clean) + SEPARATOR + hash(parts);
    }

    /** A cluster name is free text; Kubernetes names always pass as they are. */
    private static String clean(String part) {
        return part.replaceAll("[^\\w+=,.@-]", "-");
    }

    /** Each part cut to the same length, which is the longest that leaves room for the hash. */
    private static String cut(List<String> parts) {
        var room = LONGEST - HASH - parts.size();
        var each = room / parts.size();
        while (lengthCutTo(each + 1, parts) <= room) {
            each++;
        }
        var longest = each;
        return parts.stream()
                .map(part -> part.substring(0, Math.min(longest, part.length())))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static int lengthCutTo(int each, List<String> parts) {
        return parts.stream().mapToInt(part -> Math.min(each, part.length())).sum();
    }

    private static String hash(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            // No name holds a NUL, so no two lists of parts are hashed alike.
            sha.update(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest()).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
