package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** ESO's rsaDecrypt: OAEP with one hash for both of its uses and no label. */
final class RsaDecryption {
    private RsaDecryption() {}

    static byte[] decrypt(String hash, byte[] ciphertext, String keyPem) throws FunctionException {
        var block = PemBlock.firstOf(PemBlock.withoutJunk(keyPem), "failed to decode PEM block");
        if (!(PrivateKeys.ofAnyEncoding(block.bytes()) instanceof RSAPrivateCrtKeyParameters key)) {
            throw new FunctionException("could not parse RSA private key");
        }
        var cipher = new OAEPEncoding(new RSABlindedEngine(), digest(hash));
        try {
            cipher.init(false, key);
            return cipher.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException | RuntimeException failed) {
            throw new FunctionException("error decrypting data with RSA");
        }
    }

    /** What is no name of a hash is SHA-256, as in ESO. */
    private static Digest digest(String hash) {
        return switch (hash) {
            case "SHA1" -> new SHA1Digest();
            case "SHA512" -> new SHA512Digest();
            default -> new SHA256Digest();
        };
    }
}
