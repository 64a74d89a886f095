package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.KeyGenerationParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.DSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.DSAParametersGenerator;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.DSAParameterGenerationParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;

/** Keys of the sizes that Sprig makes. */
record NewKeys(SecureRandom random) {
    private static final int RSA_BITS = 4096;
    private static final int RSA_BITS_FOR_CERTIFICATES = 2048;
    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);
    private static final int DSA_P_BITS = 2048;
    private static final int DSA_Q_BITS = 256;

    /** A number is prime but for one chance in 2 to the power of this. */
    private static final int CERTAINTY = 112;

    String rsa() throws FunctionException {
        return PrivateKeys.pem(rsa(RSA_BITS)).encode();
    }

    AsymmetricKeyParameter forCertificate() {
        return rsa(RSA_BITS_FOR_CERTIFICATES);
    }

    String dsa() throws FunctionException {
        var parameters = new DSAParametersGenerator(new SHA256Digest());
        parameters.init(
                new DSAParameterGenerationParameters(DSA_P_BITS, DSA_Q_BITS, CERTAINTY, random));
        return pem(
                new DSAKeyPairGenerator(),
                new DSAKeyGenerationParameters(random, parameters.generateParameters()));
    }

    String ecdsa() throws FunctionException {
        var curve = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
        return pem(new ECKeyPairGenerator(), new ECKeyGenerationParameters(curve, random));
    }

    String ed25519() throws FunctionException {
        return PrivateKeys.pem(new Ed25519PrivateKeyParameters(random)).encode();
    }

    private AsymmetricKeyParameter rsa(int bits) {
        var generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(RSA_EXPONENT, random, bits, CERTAINTY));
        return generator.generateKeyPair().getPrivate();
    }

    private static String pem(
            AsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters)
            throws FunctionException {
        generator.init(parameters);
        return PrivateKeys.pem(generator.generateKeyPair().getPrivate()).encode();
    }
}
