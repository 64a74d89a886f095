package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;

/** ESO's filterPEM and filterCertChain. Texts are raw. */
final class PemFilter {
    private PemFilter() {}

    /** All blocks of a type, in any case. */
    static String filter(String type, String pem) throws FunctionException {
        var text = PemBlock.withoutJunk(pem);
        var kept = new StringBuilder();
        int at = 0;
        var found = PemBlock.next(text, at);
        while (found.isPresent()) {
            if (found.get().block().type().equalsIgnoreCase(type)) {
                kept.append(found.get().block().encode());
            }
            at = found.get().after();
            found = PemBlock.next(text, at);
        }
        if (kept.length() == 0 && at < text.length()) {
            throw new FunctionException("error filtering pem: found junk");
        }
        return kept.toString();
    }

    /**
     * @param part leaf, intermediate or root; of anything else there is none
     */
    static String chain(String part, String pem) throws FunctionException {
        var chain = CertificateChain.ofPem(pem);
        return switch (part) {
            case "leaf" -> chain.leaf();
            case "intermediate" -> chain.intermediates();
            case "root" -> chain.root();
            default -> "";
        };
    }
}
