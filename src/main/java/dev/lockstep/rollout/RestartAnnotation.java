package dev.lockstep.rollout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The annotation of a pod template that holds the revision of a Secret with which the pods were
 * started. A name of a Secret may be longer than that of an annotation, so a hash stands for it.
 */
final class RestartAnnotation {
    private static final String PREFIX = "restart.lockstep.dev/";
    private static final int HASH_LENGTH = 40;

    private RestartAnnotation() {}

    static String of(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Those among all annotations. */
    static SortedMap<String, String> among(Map<String, String> annotations) {
        var ours = new TreeMap<>(annotations);
        ours.keySet().removeIf(name -> !name.startsWith(PREFIX));
        return ours;
    }
}
