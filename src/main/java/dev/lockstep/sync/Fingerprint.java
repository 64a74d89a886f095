package dev.lockstep.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Our own hashes, where ESO has no formula: SHA-256 in hex over length-prefixed parts. */
public final class Fingerprint {

    private Fingerprint() {}

    /** Over these texts, so that no two lists of texts look alike. */
    public static String of(String... parts) {
        var digest = sha256();
        for (var part : parts) {
            update(digest, part.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Over one value. */
    public static String of(byte[] value) {
        var digest = sha256();
        update(digest, value);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(4).putInt(part.length).array());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
