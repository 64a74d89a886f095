package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** Passwords hashed, derived and used as keys, as Sprig does. Texts are raw. */
final class Passwords {
    private static final int BCRYPT_COST = 10;
    private static final int BCRYPT_SALT_BYTES = 16;
    private static final int LONGEST_BCRYPT_PASSWORD = 72;
    private static final int AES_KEY_BYTES = 32;
    private static final int AES_BLOCK_BYTES = 16;

    private static final String MASTER_PASSWORD = "com.lyndir.masterpassword";
    private static final int SCRYPT_N = 32768;
    private static final int SCRYPT_R = 8;
    private static final int SCRYPT_P = 2;
    private static final int SCRYPT_BYTES = 64;

    /** The Master Password algorithm's templates; a letter stands for a class of characters. */
    private static final Map<String, List<String>> TEMPLATES =
            Map.of(
                    "maximum", List.of("anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"),
                    "long",
                            List.of(
                                    "CvcvnoCvcvCvcv",
                                    "CvcvCvcvnoCvcv",
                                    "CvcvCvcvCvcvno",
                                    "CvccnoCvcvCvcv",
                                    "CvccCvcvnoCvcv",
                                    "CvccCvcvCvcvno",
                                    "CvcvnoCvccCvcv",
                                    "CvcvCvccnoCvcv",
                                    "CvcvCvccCvcvno",
                                    "CvcvnoCvcvCvcc",
                                    "CvcvCvcvnoCvcc",
                                    "CvcvCvcvCvccno",
                                    "CvccnoCvccCvcv",
                                    "CvccCvccnoCvcv",
                                    "CvccCvccCvcvno",
                                    "CvcvnoCvccCvcc",
                                    "CvcvCvccnoCvcc",
                                    "CvcvCvccCvccno",
                                    "CvccnoCvcvCvcc",
                                    "CvccCvcvnoCvcc",
                                    "CvccCvcvCvccno"),
                    "medium", List.of("CvcnoCvc", "CvcCvcno"),
                    "short", List.of("Cvcn"),
                    "basic", List.of("aaanaaan", "aannaaan", "aaannaaa"),
                    "pin", List.of("nnnn"));

    private static final Map<Character, String> CLASSES =
            Map.of(
                    'V', "AEIOU",
                    'C', "BCDFGHJKLMNPQRSTVWXYZ",
                    'v', "aeiou",
                    'c', "bcdfghjklmnpqrstvwxyz",
                    'A', "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
                    'a', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
                    'n', "0123456789",
                    'o', "@&%?,=[]_:-+*$#!'^~;()/.",
                    'x',
                            "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
                                    + "0123456789!@#$%^&*()");

    private Passwords() {}

    /** What cannot be hashed gives the error for a result, as in Sprig. */
    static String bcrypt(String password, SecureRandom random) {
        if (password.length() > LONGEST_BCRYPT_PASSWORD) {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
        }
        var salt = new byte[BCRYPT_SALT_BYTES];
        random.nextBytes(salt);
        return OpenBSDBCrypt.generate("2a", bytes(password), salt, BCRYPT_COST);
    }

    /**
     * @return the password, or what is wrong with the type
     */
    static String derive(long counter, String type, String password, String user, String site) {
        var templates = TEMPLATES.get(type);
        if (templates == null) {
            return "cannot find password template " + type;
        }
        var key =
                SCrypt.generate(
                        bytes(password),
                        withLength(user, 0).array(),
                        SCRYPT_N,
                        SCRYPT_R,
                        SCRYPT_P,
                        SCRYPT_BYTES);
        var seed = hmac(key, withLength(site, Integer.BYTES).putInt((int) counter).array());
        var template = templates.get((seed[0] & 0xff) % templates.size());
        var derived = new StringBuilder(template.length());
        for (int i = 0; i < template.length(); i++) {
            var characters = CLASSES.get(template.charAt(i));
            derived.append(characters.charAt((seed[i + 1] & 0xff) % characters.length()));
        }
        return derived.toString();
    }

    /**
     * @return Base64 of a random start vector and the ciphertext
     */
    static String encryptAes(String password, String text, SecureRandom random) {
        if (text.isEmpty()) {
            return "";
        }
        var vector = new byte[AES_BLOCK_BYTES];
        random.nextBytes(vector);
        int padding = AES_BLOCK_BYTES - text.length() % AES_BLOCK_BYTES;
        var encrypted =
                cbc(
                        true,
                        password,
                        vector,
                        bytes(text + String.valueOf((char) padding).repeat(padding)));
        var whole = Arrays.copyOf(vector, vector.length + encrypted.length);
        System.arraycopy(encrypted, 0, whole, vector.length, encrypted.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    static String decryptAes(String password, String base64) throws FunctionException {
        if (base64.isEmpty()) {
            return "";
        }
        var whole =
                bytes(
                        Encodings.decodeBase64(base64)
                                .orElseThrow(() -> new FunctionException("illegal base64 data")));
        boolean blocks = whole.length > AES_BLOCK_BYTES && whole.length % AES_BLOCK_BYTES == 0;
        if (!blocks) {
            throw new FunctionException("the ciphertext is not a number of blocks");
        }
        var vector = Arrays.copyOf(whole, AES_BLOCK_BYTES);
        var padded =
                cbc(
                        false,
                        password,
                        vector,
                        Arrays.copyOfRange(whole, AES_BLOCK_BYTES, whole.length));
        // As Sprig, believing the last byte whatever the others are.
        int padding = padded[padded.length - 1] & 0xff;
        if (padding > padded.length) {
            throw new FunctionException("the ciphertext does not belong to this password");
        }
        return new String(padded, 0, padded.length - padding, StandardCharsets.ISO_8859_1);
    }

    private static byte[] cbc(boolean encrypting, String password, byte[] vector, byte[] blocks) {
        var key = Arrays.copyOf(bytes(password), AES_KEY_BYTES);
        var cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypting, new ParametersWithIV(new KeyParameter(key), vector));
        var out = new byte[blocks.length];
        for (int i = 0; i < blocks.length; i += AES_BLOCK_BYTES) {
            cipher.processBlock(blocks, i, out, i);
        }
        return out;
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        var hmac = new HMac(new SHA256Digest());
        hmac.init(new KeyParameter(key));
        hmac.update(message, 0, message.length);
        var sum = new byte[hmac.getMacSize()];
        hmac.doFinal(sum, 0);
        return sum;
    }

    private static ByteBuffer withLength(String text, int room) {
        var name = bytes(MASTER_PASSWORD);
        return ByteBuffer.allocate(name.length + Integer.BYTES + text.length() + room)
                .put(name)
                .putInt(text.length())
                .put(bytes(text));
    }

    private static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }
}
