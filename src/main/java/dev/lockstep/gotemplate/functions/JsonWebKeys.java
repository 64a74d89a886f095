package dev.lockstep.gotemplate.functions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.lockstep.gotemplate.value.FunctionException;
import java.security.PrivateKey;
import java.text.ParseException;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** JSON Web Keys as PEM. */
final class JsonWebKeys {
    private JsonWebKeys() {}

    /** Of a private key, its public part. ESO knows only public keys here. */
    static String publicKeyPem(String json) throws FunctionException {
        var key = parse(json);
        try {
            if (key instanceof RSAKey rsa) {
                return pem(PemBlock.PUBLIC_KEY, rsa.toRSAPublicKey().getEncoded());
            }
            if (key instanceof ECKey ec) {
                return pem(PemBlock.PUBLIC_KEY, ec.toECPublicKey().getEncoded());
            }
        } catch (JOSEException malformed) {
            throw new FunctionException("the JWK is no public key");
        }
        if (key instanceof OctetKeyPair pair) {
            var algorithm =
                    switch (pair.getCurve().getName()) {
                        case "Ed25519" -> EdECObjectIdentifiers.id_Ed25519;
                        case "X25519" -> EdECObjectIdentifiers.id_X25519;
                        default -> throw unsupported();
                    };
            var info =
                    new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(algorithm), pair.getDecodedX());
            return pem(PemBlock.PUBLIC_KEY, PrivateKeys.der(info));
        }
        throw unsupported();
    }

    static String privateKeyPem(String json) throws FunctionException {
        var key = parse(json);
        if (!key.isPrivate()) {
            throw new FunctionException("the JWK has no private key");
        }
        try {
            if (key instanceof RSAKey rsa) {
                return pem(rsa.toRSAPrivateKey());
            }
            if (key instanceof ECKey ec) {
                return pem(ec.toECPrivateKey());
            }
        } catch (JOSEException malformed) {
            throw new FunctionException("the JWK is no private key");
        }
        if (key instanceof OctetKeyPair pair && pair.getCurve().getName().equals("Ed25519")) {
            var ed25519 = new Ed25519PrivateKeyParameters(pair.getDecodedD(), 0);
            return PemBlock.of(PemBlock.PRIVATE_KEY, PrivateKeys.pkcs8(ed25519)).encode();
        }
        throw unsupported();
    }

    private static JWK parse(String json) throws FunctionException {
        try {
            return JWK.parse(json);
        } catch (ParseException | RuntimeException malformed) {
            throw new FunctionException("the text is no JWK");
        }
    }

    /** Encoded anew: Java leaves out the public key of EC. */
    private static String pem(PrivateKey key) throws FunctionException {
        var parsed = PrivateKeys.ofAnyEncoding(key.getEncoded());
        return PemBlock.of(PemBlock.PRIVATE_KEY, PrivateKeys.pkcs8(parsed)).encode();
    }

    private static String pem(String type, byte[] der) {
        return PemBlock.of(type, der).encode();
    }

    private static FunctionException unsupported() {
        return new FunctionException("JWKs of this type have no PEM");
    }
}
