package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * Certificates in the order leaf, intermediates, root, found by authority and subject key
 * identifiers. No signature is checked: this orders text, it trusts nothing.
 */
record CertificateChain(List<X509CertificateHolder> certificates) {

    static CertificateChain ofPem(String pem) throws FunctionException {
        var certificates = new ArrayList<X509CertificateHolder>();
        for (var block : PemBlock.all(PemBlock.withoutJunk(pem))) {
            certificates.add(certificate(block.bytes()));
        }
        return ordered(certificates);
    }

    static CertificateChain ordered(List<X509CertificateHolder> certificates)
            throws FunctionException {
        int[] issuers = issuers(certificates);
        int at = leaf(issuers);
        var chain = new ArrayList<X509CertificateHolder>();
        while (at >= 0) {
            if (chain.size() == certificates.size()) {
                throw new FunctionException("constructing chain resulted in cycle");
            }
            chain.add(certificates.get(at));
            at = issuers[at];
        }
        return new CertificateChain(List.copyOf(chain));
    }

    static X509CertificateHolder certificate(byte[] der) throws FunctionException {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException | RuntimeException malformed) {
            throw new FunctionException("x509: malformed certificate");
        }
    }

    /** A lone certificate that signed itself is no leaf. */
    String leaf() {
        var first = certificates.get(0);
        return isRoot(first) ? "" : pem(first);
    }

    String intermediates() {
        var text = new StringBuilder();
        for (var certificate : certificates.subList(1, certificates.size())) {
            if (isRoot(certificate)) {
                break;
            }
            text.append(pem(certificate));
        }
        return text.toString();
    }

    String root() {
        var last = certificates.get(certificates.size() - 1);
        return isRoot(last) ? pem(last) : "";
    }

    String pem() {
        var text = new StringBuilder();
        certificates.forEach(certificate -> text.append(pem(certificate)));
        return text.toString();
    }

    static String pem(X509CertificateHolder certificate) {
        try {
            return PemBlock.of(PemBlock.CERTIFICATE, certificate.getEncoded()).encode();
        } catch (IOException impossible) {
            throw new IllegalStateException("a certificate that was read can be written");
        }
    }

    private static int[] issuers(List<X509CertificateHolder> certificates) {
        int[] issuers = new int[certificates.size()];
        for (int i = 0; i < issuers.length; i++) {
            issuers[i] = -1;
            var authority = authorityKeyId(certificates.get(i));
            for (int j = 0; j < issuers.length && issuers[i] < 0; j++) {
                if (i != j && sameKey(authority, subjectKeyId(certificates.get(j)))) {
                    issuers[i] = j;
                }
            }
        }
        return issuers;
    }

    /** The one that issued no other. */
    private static int leaf(int[] issuers) throws FunctionException {
        var issued = new boolean[issuers.length];
        for (int issuer : issuers) {
            if (issuer >= 0) {
                issued[issuer] = true;
            }
        }
        int leaf = -1;
        for (int i = 0; i < issued.length; i++) {
            if (!issued[i]) {
                if (leaf >= 0) {
                    throw new FunctionException("found multiple leaf or disjunct certificates");
                }
                leaf = i;
            }
        }
        if (leaf < 0) {
            throw new FunctionException("no leaf certificate found");
        }
        return leaf;
    }

    private static boolean isRoot(X509CertificateHolder certificate) {
        var authority = authorityKeyId(certificate);
        return authority == null || sameKey(authority, subjectKeyId(certificate));
    }

    /** Who names no authority has no issuer here. To ESO, two missing identifiers are the same. */
    private static boolean sameKey(byte @Nullable [] authority, byte @Nullable [] subject) {
        return authority != null && Arrays.equals(authority, subject);
    }

    static byte @Nullable [] subjectKeyId(X509CertificateHolder certificate) {
        var extensions = certificate.getExtensions();
        var id = extensions == null ? null : SubjectKeyIdentifier.fromExtensions(extensions);
        return id == null ? null : id.getKeyIdentifier();
    }

    private static byte @Nullable [] authorityKeyId(X509CertificateHolder certificate) {
        var extensions = certificate.getExtensions();
        var id = extensions == null ? null : AuthorityKeyIdentifier.fromExtensions(extensions);
        return id == null ? null : id.getKeyIdentifierOctets();
    }
}
