package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/** Private keys in the encodings that Go reads and writes. */
final class PrivateKeys {
    private PrivateKeys() {}

    /** PKCS #1, PKCS #8 or SEC 1, whichever it is. */
    static AsymmetricKeyParameter ofAnyEncoding(byte[] der) throws FunctionException {
        return pkcs1(der)
                .or(() -> pkcs8(der))
                .or(() -> sec1(der))
                .orElseThrow(() -> new FunctionException("failed to parse private key type"));
    }

    /** By the type that the PEM block tells, as Sprig reads keys. */
    static AsymmetricKeyParameter ofPem(String pem) throws FunctionException {
        var block = PemBlock.firstOf(pem, "no PEM data in input");
        var type = block.type();
        if (type.equals(PemBlock.PRIVATE_KEY)) {
            return pkcs8(block.bytes()).orElseThrow(() -> malformed("decoding PEM as PKCS#8"));
        }
        if (!type.endsWith(" " + PemBlock.PRIVATE_KEY)) {
            throw FunctionException.quoting(
                    "no private key data in PEM block",
                    "no private key data in PEM block of type " + type);
        }
        return switch (type) {
            case "RSA PRIVATE KEY" ->
                    pkcs1(block.bytes())
                            .orElseThrow(() -> malformed("parsing RSA private key from PEM"));
            case "EC PRIVATE KEY" ->
                    sec1(block.bytes())
                            .orElseThrow(() -> malformed("parsing EC private key from PEM"));
            case "DSA PRIVATE KEY" ->
                    dsa(block.bytes())
                            .orElseThrow(() -> malformed("parsing DSA private key from PEM"));
            default -> throw new FunctionException("invalid private key type");
        };
    }

    /** The block that Sprig writes: PKCS #1 for RSA, SEC 1 for EC, PKCS #8 for others. */
    static PemBlock pem(AsymmetricKeyParameter key) throws FunctionException {
        if (key instanceof RSAPrivateCrtKeyParameters rsa) {
            return PemBlock.of("RSA PRIVATE KEY", der(asn1(rsa)));
        }
        if (key instanceof DSAPrivateKeyParameters dsa) {
            return PemBlock.of("DSA PRIVATE KEY", der(asn1(dsa)));
        }
        if (key instanceof ECPrivateKeyParameters ec) {
            return PemBlock.of("EC PRIVATE KEY", der(asn1(ec, curve(ec))));
        }
        return PemBlock.of(PemBlock.PRIVATE_KEY, pkcs8(key));
    }

    static byte[] pkcs8(AsymmetricKeyParameter key) throws FunctionException {
        return der(privateKeyInfo(key));
    }

    static PrivateKeyInfo privateKeyInfo(AsymmetricKeyParameter key) throws FunctionException {
        try {
            if (key instanceof RSAPrivateCrtKeyParameters rsa) {
                var algorithm =
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
                return new PrivateKeyInfo(algorithm, asn1(rsa));
            }
            if (key instanceof ECPrivateKeyParameters ec) {
                var algorithm =
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve(ec));
                return new PrivateKeyInfo(algorithm, asn1(ec, null));
            }
            if (key instanceof Ed25519PrivateKeyParameters ed25519) {
                var algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
                return new PrivateKeyInfo(algorithm, new DEROctetString(ed25519.getEncoded()));
            }
        } catch (IOException impossible) {
            throw malformed("marshaling private key");
        }
        throw new FunctionException("x509: unknown key type while marshaling PKCS#8");
    }

    static AsymmetricKeyParameter publicKey(AsymmetricKeyParameter key) throws FunctionException {
        if (key instanceof RSAPrivateCrtKeyParameters rsa) {
            return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof ECPrivateKeyParameters ec) {
            var parameters = ec.getParameters();
            var point = new FixedPointCombMultiplier().multiply(parameters.getG(), ec.getD());
            return new ECPublicKeyParameters(point, parameters);
        }
        if (key instanceof Ed25519PrivateKeyParameters ed25519) {
            return ed25519.generatePublicKey();
        }
        if (key instanceof DSAPrivateKeyParameters dsa) {
            var parameters = dsa.getParameters();
            var y = parameters.getG().modPow(dsa.getX(), parameters.getP());
            return new DSAPublicKeyParameters(y, parameters);
        }
        throw new FunctionException("unable to get public key");
    }

    static SubjectPublicKeyInfo publicKeyInfo(AsymmetricKeyParameter publicKey)
            throws FunctionException {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey);
        } catch (IOException unsupported) {
            throw new FunctionException("x509: unsupported public key type");
        }
    }

    static byte[] der(ASN1Object object) throws FunctionException {
        try {
            return object.getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw malformed("encoding ASN.1");
        }
    }

    private static Optional<AsymmetricKeyParameter> pkcs1(byte[] der) {
        try {
            var rsa = RSAPrivateKey.getInstance(ASN1Sequence.getInstance(der));
            var algorithm =
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return supported(PrivateKeyFactory.createKey(new PrivateKeyInfo(algorithm, rsa)));
        } catch (IOException | RuntimeException another) {
            return Optional.empty();
        }
    }

    private static Optional<AsymmetricKeyParameter> pkcs8(byte[] der) {
        try {
            var info = PrivateKeyInfo.getInstance(ASN1Sequence.getInstance(der));
            return supported(PrivateKeyFactory.createKey(info));
        } catch (IOException | RuntimeException another) {
            return Optional.empty();
        }
    }

    private static Optional<AsymmetricKeyParameter> sec1(byte[] der) {
        try {
            var ec = ECPrivateKey.getInstance(ASN1Sequence.getInstance(der));
            var algorithm =
                    new AlgorithmIdentifier(
                            X9ObjectIdentifiers.id_ecPublicKey, ec.getParametersObject());
            return supported(PrivateKeyFactory.createKey(new PrivateKeyInfo(algorithm, ec)));
        } catch (IOException | RuntimeException another) {
            return Optional.empty();
        }
    }

    /** Sprig's own encoding: version, p, q, g, y, x. */
    private static Optional<AsymmetricKeyParameter> dsa(byte[] der) {
        try {
            var numbers = ASN1Sequence.getInstance(der);
            var parameters =
                    new DSAParameters(number(numbers, 1), number(numbers, 2), number(numbers, 3));
            return Optional.of(new DSAPrivateKeyParameters(number(numbers, 5), parameters));
        } catch (RuntimeException another) {
            return Optional.empty();
        }
    }

    private static Optional<AsymmetricKeyParameter> supported(AsymmetricKeyParameter key) {
        boolean known =
                key instanceof RSAPrivateCrtKeyParameters
                        || key instanceof Ed25519PrivateKeyParameters
                        || key instanceof ECPrivateKeyParameters ec && curve(ec) != null;
        return known ? Optional.of(key) : Optional.empty();
    }

    private static @Nullable ASN1ObjectIdentifier curve(ECPrivateKeyParameters key) {
        return key.getParameters() instanceof ECNamedDomainParameters named
                ? named.getName()
                : null;
    }

    private static RSAPrivateKey asn1(RSAPrivateCrtKeyParameters key) {
        return new RSAPrivateKey(
                key.getModulus(),
                key.getPublicExponent(),
                key.getExponent(),
                key.getP(),
                key.getQ(),
                key.getDP(),
                key.getDQ(),
                key.getQInv());
    }

    private static ASN1Sequence asn1(DSAPrivateKeyParameters key) {
        var parameters = key.getParameters();
        var y = parameters.getG().modPow(key.getX(), parameters.getP());
        var numbers =
                List.of(
                        BigInteger.ZERO,
                        parameters.getP(),
                        parameters.getQ(),
                        parameters.getG(),
                        y,
                        key.getX());
        return new DERSequence(numbers.stream().map(ASN1Integer::new).toArray(ASN1Integer[]::new));
    }

    private static ECPrivateKey asn1(
            ECPrivateKeyParameters key, @Nullable ASN1ObjectIdentifier curve)
            throws FunctionException {
        var point = ((ECPublicKeyParameters) publicKey(key)).getQ().getEncoded(false);
        int bits = key.getParameters().getN().bitLength();
        return new ECPrivateKey(bits, key.getD(), new DERBitString(point), curve);
    }

    private static BigInteger number(ASN1Sequence numbers, int index) {
        return ASN1Integer.getInstance(numbers.getObjectAt(index)).getValue();
    }

    private static FunctionException malformed(String doing) {
        return new FunctionException(doing + ": malformed");
    }
}
