package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** What Sprig's genCA, genSelfSignedCert and genSignedCert make, as Go's crypto/x509 would. */
final class Certificates {
    private static final int SERIAL_BITS = 128;

    /** A certificate and its key, PEM. */
    record Issued(String cert, String key) {}

    /**
     * @param subject its common name
     * @param ips each of 4 or 16 bytes
     */
    record Request(
            String subject, List<byte[]> ips, List<String> dnsNames, long days, boolean ca) {}

    private final Instant now;
    private final SecureRandom random;

    Certificates(Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
    }

    AsymmetricKeyParameter newKey() {
        return new NewKeys(random).forCertificate();
    }

    Issued selfSigned(Request request, AsymmetricKeyParameter key) throws FunctionException {
        return issue(request, key, null, key);
    }

    Issued signed(Request request, AsymmetricKeyParameter key, Issued ca) throws FunctionException {
        var block = PemBlock.firstOf(ca.cert(), "unable to decode certificate");
        X509CertificateHolder issuer;
        try {
            issuer = CertificateChain.certificate(block.bytes());
        } catch (FunctionException malformed) {
            throw new FunctionException("error parsing certificate: decodedSignerCert.Bytes");
        }
        return issue(request, key, issuer, PrivateKeys.ofPem(ca.key()));
    }

    /** Checks a certificate and key that are given, each PEM in Base64. */
    static Issued given(String base64Cert, String base64Key) throws FunctionException {
        var cert = decoded(base64Cert, "unable to decode base64 certificate");
        var key = decoded(base64Key, "unable to decode base64 private key");
        var block = PemBlock.firstOf(cert, "unable to decode certificate");
        try {
            CertificateChain.certificate(block.bytes());
        } catch (FunctionException malformed) {
            throw new FunctionException("error parsing certificate: decodedCert.Bytes");
        }
        PrivateKeys.ofPem(key);
        return new Issued(cert, key);
    }

    private static String decoded(String base64, String refusal) throws FunctionException {
        return Encodings.decodeBase64(base64).orElseThrow(() -> new FunctionException(refusal));
    }

    private Issued issue(
            Request request,
            AsymmetricKeyParameter key,
            @Nullable X509CertificateHolder issuer,
            AsymmetricKeyParameter issuerKey)
            throws FunctionException {
        var subject =
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.CN, GoString.toText(request.subject()))
                        .build();
        var info = PrivateKeys.publicKeyInfo(PrivateKeys.publicKey(key));
        var issuerName = issuer == null ? subject : issuer.getSubject();
        try {
            var builder =
                    new X509v3CertificateBuilder(
                            issuerName,
                            new BigInteger(SERIAL_BITS, random),
                            Date.from(now),
                            Date.from(now.plus(Duration.ofDays(request.days()))),
                            subject,
                            info);
            int caUsage = request.ca() ? KeyUsage.keyCertSign : 0;
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | caUsage));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            new KeyPurposeId[] {
                                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                            }));
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(request.ca()));
            if (request.ca()) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new SubjectKeyIdentifier(keyId(info.getPublicKeyData().getBytes())));
            }
            addAuthority(builder, subject, issuer);
            addNames(builder, request);
            var certificate = builder.build(new KeySigner(issuerKey, random));
            return new Issued(CertificateChain.pem(certificate), PrivateKeys.pem(key).encode());
        } catch (IOException | IllegalArgumentException | ArithmeticException failed) {
            throw new FunctionException("error creating certificate");
        }
    }

    private static void addAuthority(
            X509v3CertificateBuilder builder,
            X500Name subject,
            @Nullable X509CertificateHolder issuer)
            throws IOException {
        if (issuer == null || issuer.getSubject().equals(subject)) {
            return;
        }
        var id = CertificateChain.subjectKeyId(issuer);
        if (id != null) {
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(id));
        }
    }

    private static void addNames(X509v3CertificateBuilder builder, Request request)
            throws IOException {
        var names = new ArrayList<GeneralName>();
        for (var dnsName : request.dnsNames()) {
            names.add(new GeneralName(GeneralName.dNSName, dnsName));
        }
        for (var ip : request.ips()) {
            names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(ip)));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.toArray(GeneralName[]::new)));
        }
    }

    /** RFC 7093: the first 160 bits of the key's SHA-256, as Go takes since 1.25. */
    private static byte[] keyId(byte[] publicKey) {
        var digest = new SHA256Digest();
        digest.update(publicKey, 0, publicKey.length);
        var sum = new byte[digest.getDigestSize()];
        digest.doFinal(sum, 0);
        return Arrays.copyOf(sum, 20);
    }

    /** Signs with the algorithm that Go would choose for the key. */
    private static final class KeySigner implements ContentSigner {
        private final AlgorithmIdentifier algorithm;
        private final Signer signer;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        KeySigner(AsymmetricKeyParameter key, SecureRandom random) throws FunctionException {
            if (key instanceof RSAPrivateCrtKeyParameters) {
                algorithm =
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
                signer = new RSADigestSigner(new SHA256Digest());
                signer.init(true, new ParametersWithRandom(key, random));
            } else if (key instanceof Ed25519PrivateKeyParameters) {
                algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
                signer = new Ed25519Signer();
                signer.init(true, key);
            } else if (key instanceof ECPrivateKeyParameters ec) {
                int bits = ec.getParameters().getN().bitLength();
                algorithm =
                        new AlgorithmIdentifier(
                                bits <= 256
                                        ? X9ObjectIdentifiers.ecdsa_with_SHA256
                                        : bits <= 384
                                                ? X9ObjectIdentifiers.ecdsa_with_SHA384
                                                : X9ObjectIdentifiers.ecdsa_with_SHA512);
                Digest digest =
                        bits <= 256
                                ? new SHA256Digest()
                                : bits <= 384 ? new SHA384Digest() : new SHA512Digest();
                signer =
                        new DSADigestSigner(
                                new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())),
                                digest);
                signer.init(true, key);
            } else {
                throw new FunctionException(
                        "error creating certificate: x509: only RSA, ECDSA and Ed25519 keys"
                                + " supported");
            }
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            var bytes = content.toByteArray();
            signer.update(bytes, 0, bytes.length);
            try {
                return signer.generateSignature();
            } catch (CryptoException failed) {
                throw new IllegalArgumentException("the key cannot sign", failed);
            }
        }
    }
}
