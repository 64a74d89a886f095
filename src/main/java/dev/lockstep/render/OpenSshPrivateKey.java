package dev.lockstep.render;

import dev.lockstep.source.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/**
 * A private key without a passphrase as a file of OpenSSH's own format (its {@code PROTOCOL.key}).
 * Bouncy Castle writes that format for Ed25519 alone, and never a comment.
 */
final class OpenSshPrivateKey {
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String NONE = "none";
    private static final String ECDSA = "ecdsa-sha2-";
    private static final int BLOCK = 8;
    private static final int LINE = 70;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OpenSshPrivateKey() {}

    /**
     * @param check any number: a reader sees by it that it decrypted well
     */
    static SecretBytes file(AsymmetricCipherKeyPair pair, String comment, int check) {
        var blob = SshKeys.publicBlob(pair);
        var key = new OpenSshPrivateKey();
        key.out.writeBytes(MAGIC);
        key.text(NONE).text(NONE).text("");
        key.number(1);
        key.bytes(blob).bytes(secrets(pair, type(blob), comment, check));
        var lines =
                Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                        .encodeToString(key.out.toByteArray());
        return SecretBytes.ofUtf8(
                "-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----\n"
                        .formatted(lines));
    }

    /** The name of the algorithm, with which every public key begins. */
    static String type(byte[] publicBlob) {
        int length = ByteBuffer.wrap(publicBlob).getInt();
        return new String(publicBlob, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    private static byte[] secrets(
            AsymmetricCipherKeyPair pair, String type, String comment, int check) {
        var secrets = new OpenSshPrivateKey();
        secrets.number(check);
        secrets.number(check);
        secrets.text(type);
        if (pair.getPrivate() instanceof RSAPrivateCrtKeyParameters rsa) {
            secrets.rsa(rsa);
        } else if (pair.getPrivate() instanceof ECPrivateKeyParameters ec) {
            secrets.ecdsa(ec, (ECPublicKeyParameters) pair.getPublic(), type);
        } else {
            secrets.ed25519(
                    (Ed25519PrivateKeyParameters) pair.getPrivate(),
                    (Ed25519PublicKeyParameters) pair.getPublic());
        }
        secrets.text(comment);
        for (int pad = 1; secrets.out.size() % BLOCK != 0; pad++) {
            secrets.out.write(pad);
        }
        return secrets.out.toByteArray();
    }

    private void rsa(RSAPrivateCrtKeyParameters key) {
        integer(key.getModulus());
        integer(key.getPublicExponent());
        integer(key.getExponent());
        integer(key.getQInv());
        integer(key.getP());
        integer(key.getQ());
    }

    private void ecdsa(ECPrivateKeyParameters key, ECPublicKeyParameters open, String type) {
        text(type.substring(ECDSA.length()));
        bytes(open.getQ().getEncoded(false));
        integer(key.getD());
    }

    private void ed25519(Ed25519PrivateKeyParameters key, Ed25519PublicKeyParameters open) {
        var seed = key.getEncoded();
        var point = open.getEncoded();
        bytes(point);
        var both = Arrays.copyOf(seed, seed.length + point.length);
        System.arraycopy(point, 0, both, seed.length, point.length);
        bytes(both);
    }

    private OpenSshPrivateKey text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void integer(BigInteger number) {
        bytes(number.toByteArray());
    }

    private OpenSshPrivateKey bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private void number(int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
