package dev.lockstep.gotemplate.functions;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.io.CipherOutputStream;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;

/**
 * The encryption of today's archives, PBES2 of PKCS #5. By itself because Bouncy Castle's provider
 * refuses the empty password, which ESO's functions without a password use.
 */
final class Pbes2 {
    private static final int AES_BLOCK_BYTES = 16;
    private static final int AES_256_BITS = 256;
    private static final int DESEDE_BITS = 192;
    private static final Map<ASN1ObjectIdentifier, Integer> AES_BITS =
            Map.of(
                    NISTObjectIdentifiers.id_aes128_CBC, 128,
                    NISTObjectIdentifiers.id_aes192_CBC, 192,
                    NISTObjectIdentifiers.id_aes256_CBC, AES_256_BITS);
    private static final Set<ASN1ObjectIdentifier> TRIPLE_DES =
            Set.of(PKCSObjectIdentifiers.des_EDE3_CBC);

    private Pbes2() {}

    /** AES-256 with a key derived by HMAC-SHA-256. */
    static OutputEncryptor encryptor(
            String password, int iterations, int saltBytes, SecureRandom random)
            throws OperatorCreationException {
        var salt = new byte[saltBytes];
        var vector = new byte[AES_BLOCK_BYTES];
        random.nextBytes(salt);
        random.nextBytes(vector);
        var prf =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        var parameters =
                new PBES2Parameters(
                        new KeyDerivationFunc(
                                PKCSObjectIdentifiers.id_PBKDF2,
                                new PBKDF2Params(salt, iterations, prf)),
                        new EncryptionScheme(
                                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(vector)));
        var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters);
        var cipher = cipher(true, parameters, password);
        return new OutputEncryptor() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return algorithm;
            }

            @Override
            public OutputStream getOutputStream(OutputStream encrypted) {
                return new CipherOutputStream(encrypted, cipher);
            }

            @Override
            public GenericKey getKey() {
                return new GenericKey(algorithm, new byte[0]);
            }
        };
    }

    static InputDecryptor decryptor(AlgorithmIdentifier algorithm, String password)
            throws OperatorCreationException {
        var parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        var cipher = cipher(false, parameters, password);
        return new InputDecryptor() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return algorithm;
            }

            @Override
            public InputStream getInputStream(InputStream encrypted) {
                return new CipherInputStream(encrypted, cipher);
            }
        };
    }

    private static BufferedBlockCipher cipher(
            boolean encrypting, PBES2Parameters parameters, String password)
            throws OperatorCreationException {
        var scheme = parameters.getEncryptionScheme();
        boolean tripleDes = TRIPLE_DES.contains(scheme.getAlgorithm());
        var bits = tripleDes ? Integer.valueOf(DESEDE_BITS) : AES_BITS.get(scheme.getAlgorithm());
        boolean known =
                bits != null
                        && parameters
                                .getKeyDerivationFunc()
                                .getAlgorithm()
                                .equals(PKCSObjectIdentifiers.id_PBKDF2);
        if (!known) {
            throw new OperatorCreationException("unknown encryption");
        }
        var derivation =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        Pkcs12.checkIterations(derivation.getIterationCount());
        var generator = new PKCS5S2ParametersGenerator(digest(derivation.getPrf()));
        generator.init(
                password.getBytes(StandardCharsets.UTF_8),
                derivation.getSalt(),
                derivation.getIterationCount().intValue());
        var vector = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
        var engine = tripleDes ? new DESedeEngine() : AESEngine.newInstance();
        var cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
        cipher.init(
                encrypting,
                new ParametersWithIV(generator.generateDerivedParameters(bits), vector));
        return cipher;
    }

    private static Digest digest(AlgorithmIdentifier prf) throws OperatorCreationException {
        var oid = prf.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
            return new SHA1Digest();
        }
        if (oid.equals(PKCSObjectIdentifiers.id_hmacWithSHA224)) {
            return new SHA224Digest();
        }
        if (oid.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
            return new SHA256Digest();
        }
        if (oid.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
            return new SHA384Digest();
        }
        if (oid.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
            return new SHA512Digest();
        }
        throw new OperatorCreationException("unknown hash");
    }
}
