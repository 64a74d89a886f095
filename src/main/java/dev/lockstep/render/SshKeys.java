package dev.lockstep.render;

import dev.lockstep.api.SshKeySpec;
import dev.lockstep.source.SecretBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/** Pairs of SSH keys, in the files' formats of OpenSSH. */
final class SshKeys {
    static final String PRIVATE_KEY = "privateKey";
    static final String PUBLIC_KEY = "publicKey";

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    /** Of a composite that passes for a prime: below 2 to the power of minus this. */
    private static final int CERTAINTY = 112;

    private SshKeys() {}

    /** The private key as a file of OpenSSH's own format, the public one as authorized_keys. */
    static SortedMap<String, SecretBytes> make(SshKeySpec spec, SecureRandom random) {
        var pair = pair(spec, random);
        var comment = spec.commentOrEmpty();
        var values = new TreeMap<String, SecretBytes>();
        values.put(PRIVATE_KEY, OpenSshPrivateKey.file(pair, comment, random.nextInt()));
        values.put(PUBLIC_KEY, authorizedKey(pair, comment));
        return values;
    }

    private static AsymmetricCipherKeyPair pair(SshKeySpec spec, SecureRandom random) {
        return switch (spec.keyTypeOrDefault()) {
            case rsa -> rsa(spec.rsaSizeOrDefault(), random);
            case ecdsa -> ecdsa(spec.ecdsaSizeOrDefault(), random);
            case ed25519 -> ed25519(random);
        };
    }

    private static AsymmetricCipherKeyPair rsa(int bits, SecureRandom random) {
        var generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, CERTAINTY));
        return generator.generateKeyPair();
    }

    private static AsymmetricCipherKeyPair ecdsa(int bits, SecureRandom random) {
        var generator = new ECKeyPairGenerator();
        generator.init(
                new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(curve(bits)), random));
        return generator.generateKeyPair();
    }

    private static ASN1ObjectIdentifier curve(int bits) {
        return switch (bits) {
            case 384 -> SECObjectIdentifiers.secp384r1;
            case 521 -> SECObjectIdentifiers.secp521r1;
            default -> SECObjectIdentifiers.secp256r1;
        };
    }

    private static AsymmetricCipherKeyPair ed25519(SecureRandom random) {
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        return generator.generateKeyPair();
    }

    private static SecretBytes authorizedKey(AsymmetricCipherKeyPair pair, String comment) {
        var blob = publicBlob(pair);
        var line = OpenSshPrivateKey.type(blob) + " " + Base64.getEncoder().encodeToString(blob);
        return SecretBytes.ofUtf8(comment.isEmpty() ? line + "\n" : line + " " + comment + "\n");
    }

    static byte[] publicBlob(AsymmetricCipherKeyPair pair) {
        try {
            return OpenSSHPublicKeyUtil.encodePublicKey(pair.getPublic());
        } catch (IOException e) {
            throw new IllegalStateException("bytes are written to memory", e);
        }
    }
}
