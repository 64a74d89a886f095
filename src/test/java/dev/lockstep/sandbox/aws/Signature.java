package dev.lockstep.sandbox.aws;

import com.sun.net.httpserver.Headers;
import java.util.regex.Pattern;

/**
 * Who signed a request and for which region, taken from its headers without any check.
 *
 * @param accessKeyId empty when the request is not signed
 * @param sessionToken empty for keys that do not expire
 */
record Signature(String accessKeyId, String region, String sessionToken) {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/\\d+/([^/]+)/");

    static Signature of(Headers headers) {
        var authorization = header(headers, "Authorization");
        var credential = CREDENTIAL.matcher(authorization);
        if (!credential.find()) {
            return new Signature("", "", "");
        }
        return new Signature(
                credential.group(1), credential.group(2), header(headers, "X-Amz-Security-Token"));
    }

    boolean isMissing() {
        return accessKeyId.isEmpty();
    }

    private static String header(Headers headers, String name) {
        var value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}
