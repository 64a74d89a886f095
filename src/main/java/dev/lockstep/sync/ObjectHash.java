package dev.lockstep.sync;

import dev.lockstep.source.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hashes that External Secrets Operator (ESO) writes on Secrets and in status: SHA3-224, in
 * hex, of Go's {@code %+v} text. Ours must equal them to the letter, or a take-over would rewrite
 * every Secret.
 */
public final class ObjectHash {

    private ObjectHash() {}

    /** Annotation {@code reconcile.external-secrets.io/data-hash}. */
    public static String ofData(Map<String, SecretBytes> data) {
        var digest = sha3();
        var separator = "map[";
        for (var entry : new TreeMap<>(data).entrySet()) {
            update(digest, separator + entry.getKey() + ":");
            update(digest, decimals(entry.getValue().bytes()));
            separator = " ";
        }
        update(digest, data.isEmpty() ? "map[]" : "]");
        return hex(digest);
    }

    /** Label {@code reconcile.external-secrets.io/created-by}. */
    public static String ofExternalSecret(String namespace, String name) {
        return ofText(namespace + "/" + name);
    }

    /** {@code status.syncedResourceVersion}. */
    public static String ofResourceVersion(
            long generation, Map<String, String> annotations, Map<String, String> labels) {
        return generation
                + "-"
                + ofText("{annotations:" + text(annotations) + " labels:" + text(labels) + "}");
    }

    static String ofText(String text) {
        var digest = sha3();
        update(digest, text);
        return hex(digest);
    }

    private static String text(Map<String, String> map) {
        var text = new StringBuilder("map[");
        new TreeMap<>(map)
                .forEach(
                        (key, value) ->
                                text.append(text.length() == 4 ? "" : " ")
                                        .append(key)
                                        .append(':')
                                        .append(value));
        return text.append(']').toString();
    }

    private static String decimals(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 4 + 2).append('[');
        for (var b : bytes) {
            text.append(text.length() == 1 ? "" : " ").append(Byte.toUnsignedInt(b));
        }
        return text.append(']').toString();
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha3() {
        try {
            return MessageDigest.getInstance("SHA3-224");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK since 9 has SHA3-224", e);
        }
    }
}
