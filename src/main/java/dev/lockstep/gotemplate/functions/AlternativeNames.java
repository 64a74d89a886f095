package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The subject alternative names of the first certificate: DNS, IP, email, URI. */
final class AlternativeNames {
    private static final List<Integer> ORDER =
            List.of(
                    GeneralName.dNSName,
                    GeneralName.iPAddress,
                    GeneralName.rfc822Name,
                    GeneralName.uniformResourceIdentifier);

    private AlternativeNames() {}

    static List<String> of(String pem) throws FunctionException {
        var block = PemBlock.firstOf(PemBlock.withoutJunk(pem), "failed to decode PEM block");
        var extension =
                CertificateChain.certificate(block.bytes())
                        .getExtension(Extension.subjectAlternativeName);
        var names = new ArrayList<String>();
        if (extension == null) {
            return names;
        }
        try {
            var all = GeneralNames.getInstance(extension.getParsedValue()).getNames();
            for (int kind : ORDER) {
                for (var name : all) {
                    if (name.getTagNo() == kind) {
                        names.add(text(name));
                    }
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw new FunctionException("failed to parse certificate");
        }
        return names;
    }

    private static String text(GeneralName name) {
        return name.getTagNo() == GeneralName.iPAddress
                ? IpAddresses.format(ASN1OctetString.getInstance(name.getName()).getOctets())
                : ASN1IA5String.getInstance(name.getName()).getString();
    }
}
