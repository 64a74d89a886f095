package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.io.MacOutputStream;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/**
 * A PKCS #12 archive: any that Bouncy Castle reads; written as go-pkcs12's "Modern" profile,
 * AES-256 and SHA-256.
 */
record Pkcs12(List<AsymmetricKeyParameter> keys, List<X509CertificateHolder> certificates) {
    private static final int ITERATIONS = 2048;
    private static final int SALT_BYTES = 16;

    /** More would only let a crafted archive keep the operator busy. */
    private static final int MOST_ITERATIONS = 5_000_000;

    /** By this attribute Java takes a certificate for trusted. */
    private static final ASN1ObjectIdentifier JAVA_TRUSTED =
            new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    /** An object of our own: registering it would change the whole process. */
    private static final class Provider {
        static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    }

    static Pkcs12 read(byte[] archive, String password) throws FunctionException {
        try {
            var pfx = new PKCS12PfxPdu(archive);
            verifyPassword(pfx, password);
            var decryptor = decryptor(password);
            var keys = new ArrayList<AsymmetricKeyParameter>();
            var certificates = new ArrayList<X509CertificateHolder>();
            for (var content : pfx.getContentInfos()) {
                var bags =
                        content.getContentType().equals(PKCSObjectIdentifiers.encryptedData)
                                ? new PKCS12SafeBagFactory(content, decryptor)
                                : new PKCS12SafeBagFactory(content);
                for (var bag : bags.getSafeBags()) {
                    var value = bag.getBagValue();
                    if (value instanceof X509CertificateHolder certificate) {
                        certificates.add(certificate);
                    } else if (value instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                        keys.add(key(encrypted.decryptPrivateKeyInfo(decryptor)));
                    } else if (value instanceof PrivateKeyInfo plain) {
                        keys.add(key(plain));
                    }
                }
            }
            return new Pkcs12(List.copyOf(keys), List.copyOf(certificates));
        } catch (IOException
                | OperatorCreationException
                | PKCSException
                | RuntimeException malformed) {
            throw new FunctionException("pkcs12: error reading P12 data");
        }
    }

    /**
     * @param whole whether the certificates after the first come along
     */
    static String ofPem(
            String certificates, String key, boolean whole, String password, SecureRandom random)
            throws FunctionException {
        var all = certificates(certificates);
        var block = PemBlock.firstOf(PemBlock.withoutJunk(key), "failed to decode the PEM key");
        return write(
                PrivateKeys.ofAnyEncoding(block.bytes()),
                whole ? all : all.subList(0, 1),
                password,
                random);
    }

    static String trustStoreOfPem(String certificates, String password, SecureRandom random)
            throws FunctionException {
        return writeTrustStore(certificates(certificates), password, random);
    }

    private static List<X509CertificateHolder> certificates(String pem) throws FunctionException {
        var all = new ArrayList<X509CertificateHolder>();
        for (var block : PemBlock.all(PemBlock.withoutJunk(pem))) {
            all.add(CertificateChain.certificate(block.bytes()));
        }
        if (all.isEmpty()) {
            throw new FunctionException("failed to decode a PEM certificate");
        }
        return all;
    }

    /** All keys, PKCS #8. */
    String keysPem() throws FunctionException {
        if (keys.isEmpty()) {
            throw new FunctionException("pkcs12: private key missing");
        }
        var text = new StringBuilder();
        for (var key : keys) {
            text.append(PemBlock.of(PemBlock.PRIVATE_KEY, PrivateKeys.pkcs8(key)).encode());
        }
        return text.toString();
    }

    /** Leaf first where they are one chain, else as they stand. */
    String certificatesPem() throws FunctionException {
        if (certificates.isEmpty()) {
            throw new FunctionException("pkcs12: certificate missing");
        }
        try {
            return CertificateChain.ordered(certificates).pem();
        } catch (FunctionException noChain) {
            return new CertificateChain(certificates).pem();
        }
    }

    /**
     * @return Base64
     */
    private static String write(
            AsymmetricKeyParameter key,
            List<X509CertificateHolder> certificates,
            String password,
            SecureRandom random)
            throws FunctionException {
        try {
            var localKeyId = new DEROctetString(sha1(certificates.get(0).getEncoded()));
            var bags = new ArrayList<PKCS12SafeBag>();
            for (var certificate : certificates) {
                var bag = new PKCS12SafeBagBuilder(certificate);
                if (bags.isEmpty()) {
                    bag.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, localKeyId);
                }
                bags.add(bag.build());
            }
            var encryptor = encryptor(password, random);
            var keyBag =
                    new PKCS12SafeBagBuilder(PrivateKeys.privateKeyInfo(key), encryptor)
                            .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, localKeyId)
                            .build();
            return base64(
                    new PKCS12PfxPduBuilder()
                            .addEncryptedData(
                                    encryptor(password, random), bags.toArray(PKCS12SafeBag[]::new))
                            .addData(keyBag),
                    password,
                    random);
        } catch (IOException | PKCSException | OperatorCreationException failed) {
            throw new FunctionException("pkcs12: the archive could not be written");
        }
    }

    /**
     * Certificates that Java will trust.
     *
     * @return Base64
     */
    private static String writeTrustStore(
            List<X509CertificateHolder> certificates, String password, SecureRandom random)
            throws FunctionException {
        try {
            var bags = new ArrayList<PKCS12SafeBag>();
            for (var certificate : certificates) {
                bags.add(
                        new PKCS12SafeBagBuilder(certificate)
                                .addBagAttribute(
                                        PKCS12SafeBag.friendlyNameAttribute,
                                        new DERBMPString(subject(certificate)))
                                .addBagAttribute(JAVA_TRUSTED, KeyPurposeId.anyExtendedKeyUsage)
                                .build());
            }
            return base64(
                    new PKCS12PfxPduBuilder()
                            .addEncryptedData(
                                    encryptor(password, random),
                                    bags.toArray(PKCS12SafeBag[]::new)),
                    password,
                    random);
        } catch (IOException | PKCSException | OperatorCreationException failed) {
            throw new FunctionException("pkcs12: the archive could not be written");
        }
    }

    /** No password is an empty one, which is two zero bytes, or none at all. */
    private static void verifyPassword(PKCS12PfxPdu pfx, String password)
            throws FunctionException, OperatorCreationException {
        if (!pfx.hasMac()) {
            throw new FunctionException("pkcs12: no MAC in data");
        }
        boolean right =
                isMacOf(pfx.toASN1Structure(), passwordBytes(password))
                        || password.isEmpty() && isMacOf(pfx.toASN1Structure(), new byte[0]);
        if (!right) {
            throw new FunctionException("pkcs12: decryption password incorrect");
        }
    }

    private static boolean isMacOf(Pfx pfx, byte[] passwordBytes) throws OperatorCreationException {
        var data = pfx.getMacData();
        checkIterations(data.getIterationCount());
        var digest = BcDefaultDigestProvider.INSTANCE.get(data.getMac().getAlgorithmId());
        var mac = mac(digest, passwordBytes, data.getSalt(), data.getIterationCount().intValue());
        var content = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
        mac.update(content, 0, content.length);
        var sum = new byte[mac.getMacSize()];
        mac.doFinal(sum, 0);
        return MessageDigest.isEqual(sum, data.getMac().getDigest());
    }

    private static HMac mac(
            ExtendedDigest digest, byte[] passwordBytes, byte[] salt, int iterations) {
        var generator = new PKCS12ParametersGenerator(digest);
        generator.init(passwordBytes, salt, iterations);
        var mac = new HMac(digest);
        mac.init(generator.generateDerivedMacParameters(digest.getDigestSize() * Byte.SIZE));
        return mac;
    }

    /** UTF-16 and two zero bytes, which Bouncy Castle leaves out after an empty password. */
    private static byte[] passwordBytes(String password) {
        return (password + '\0').getBytes(StandardCharsets.UTF_16BE);
    }

    static void checkIterations(BigInteger iterations) throws OperatorCreationException {
        if (iterations.signum() <= 0
                || iterations.compareTo(BigInteger.valueOf(MOST_ITERATIONS)) > 0) {
            throw new OperatorCreationException("too many iterations");
        }
    }

    private static InputDecryptorProvider decryptor(String password) {
        var legacy =
                new JcePKCSPBEInputDecryptorProviderBuilder()
                        .setProvider(Provider.BOUNCY_CASTLE)
                        .setTryWrongPKCS12Zero(password.isEmpty())
                        .build(password.toCharArray());
        return algorithm ->
                algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                        ? Pbes2.decryptor(algorithm, password)
                        : legacy.get(algorithm);
    }

    private static AsymmetricKeyParameter key(PrivateKeyInfo info)
            throws FunctionException, IOException {
        return PrivateKeys.ofAnyEncoding(info.getEncoded());
    }

    private static OutputEncryptor encryptor(String password, SecureRandom random)
            throws OperatorCreationException {
        return Pbes2.encryptor(password, ITERATIONS, SALT_BYTES, random);
    }

    private static String base64(PKCS12PfxPduBuilder builder, String password, SecureRandom random)
            throws IOException, PKCSException {
        var pfx = builder.build(new Sha256Mac(random), password.toCharArray());
        return Base64.getEncoder().encodeToString(pfx.getEncoded());
    }

    private static String subject(X509CertificateHolder certificate) throws IOException {
        return new X500Principal(certificate.getSubject().getEncoded()).getName();
    }

    private static byte[] sha1(byte[] bytes) {
        var digest = new SHA1Digest();
        digest.update(bytes, 0, bytes.length);
        var sum = new byte[digest.getDigestSize()];
        digest.doFinal(sum, 0);
        return sum;
    }

    /** Bouncy Castle's own would salt it from a generator of its own. */
    private record Sha256Mac(SecureRandom random) implements PKCS12MacCalculatorBuilder {
        private static final AlgorithmIdentifier SHA256 =
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);

        @Override
        public MacCalculator build(char[] password) {
            var salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            var passwordBytes = passwordBytes(new String(password));
            var mac = mac(new SHA256Digest(), passwordBytes, salt, ITERATIONS);
            var algorithm =
                    new AlgorithmIdentifier(
                            NISTObjectIdentifiers.id_sha256, new PKCS12PBEParams(salt, ITERATIONS));
            return new MacCalculator() {
                @Override
                public AlgorithmIdentifier getAlgorithmIdentifier() {
                    return algorithm;
                }

                @Override
                public OutputStream getOutputStream() {
                    return new MacOutputStream(mac);
                }

                @Override
                public byte[] getMac() {
                    var sum = new byte[mac.getMacSize()];
                    mac.doFinal(sum, 0);
                    return sum;
                }

                @Override
                public GenericKey getKey() {
                    return new GenericKey(algorithm, passwordBytes);
                }
            };
        }

        @Override
        public AlgorithmIdentifier getDigestAlgorithmIdentifier() {
            return SHA256;
        }
    }
}
