package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL, taken apart and put together as Go's net/url does. Texts are raw.
 *
 * @param userinfo escaped; null where there is none
 */
record GoUrl(
        String scheme,
        String opaque,
        @Nullable String userinfo,
        String host,
        String path,
        String query,
        String fragment) {

    private static final String HEX = "0123456789ABCDEF";

    /** What may stand unescaped in each part, besides letters, digits and {@code -_.~}. */
    private enum Part {
        PATH("$&+,/:;=@"),
        USER("$&+,;="),
        FRAGMENT("$&+,/:;=?@!()*"),
        HOST("!$&'()*+,;=:[]<>\""),
        ZONE("!$&'()*+,;=:[]<>\"");

        private final String plain;

        Part(String plain) {
            this.plain = plain;
        }

        boolean escapes(char c) {
            boolean unreserved =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-_.~".indexOf(c) >= 0;
            return !unreserved && plain.indexOf(c) < 0;
        }
    }

    static GoUrl parse(String text) throws FunctionException {
        int hash = text.indexOf('#');
        var before = hash < 0 ? text : text.substring(0, hash);
        var fragment = hash < 0 ? "" : unescape(text.substring(hash + 1), Part.FRAGMENT);
        for (int i = 0; i < before.length(); i++) {
            if (before.charAt(i) < ' ' || before.charAt(i) == 0x7f) {
                throw failure("net/url: invalid control character in URL");
            }
        }
        if (before.equals("*")) {
            return new GoUrl("", "", null, "", "*", "", fragment);
        }
        int colon = schemeEnd(before);
        var scheme = colon < 0 ? "" : before.substring(0, colon).toLowerCase(Locale.ROOT);
        var rest = before.substring(colon + 1);
        int question = rest.indexOf('?');
        var query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new GoUrl(scheme, rest, null, "", "", query, fragment);
            }
            if (firstSegment(rest).contains(":")) {
                throw failure("first path segment in URL cannot contain colon");
            }
        }
        var userinfo = (String) null;
        var host = "";
        if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            var authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            int at = authority.lastIndexOf('@');
            host = host(scheme, authority.substring(at + 1));
            userinfo = at < 0 ? null : userinfo(authority.substring(0, at));
        }
        return new GoUrl(scheme, "", userinfo, host, unescape(rest, Part.PATH), query, fragment);
    }

    /** The host without its port and the brackets of an address. */
    String hostname() {
        int colon = host.lastIndexOf(':');
        var name = colon >= 0 && isPort(host.substring(colon)) ? host.substring(0, colon) : host;
        return name.startsWith("[") && name.endsWith("]")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    String format() {
        var text = new StringBuilder();
        if (!scheme.isEmpty()) {
            text.append(scheme).append(':');
        }
        if (!opaque.isEmpty()) {
            text.append(opaque);
        } else {
            appendHierarchy(text);
        }
        if (!query.isEmpty()) {
            text.append('?').append(query);
        }
        if (!fragment.isEmpty()) {
            text.append('#').append(escape(fragment, Part.FRAGMENT));
        }
        return text.toString();
    }

    private void appendHierarchy(StringBuilder text) {
        boolean hasAuthority = !host.isEmpty() || userinfo != null;
        if (hasAuthority || !scheme.isEmpty() && !path.isEmpty()) {
            text.append("//");
        }
        if (userinfo != null) {
            text.append(userinfo).append('@');
        }
        text.append(escape(host, Part.HOST));
        var escaped = path.equals("*") ? path : escape(path, Part.PATH);
        if (!escaped.isEmpty() && !escaped.startsWith("/") && !host.isEmpty()) {
            text.append('/');
        }
        if (text.length() == 0 && firstSegment(escaped).contains(":")) {
            text.append("./");
        }
        text.append(escaped);
    }

    /** Escaped anew. */
    static String userinfo(String text) throws FunctionException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !Character.isLetterOrDigit(c) && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
                throw failure("net/url: invalid userinfo");
            }
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return escape(unescape(text, Part.USER), Part.USER);
        }
        return escape(unescape(text.substring(0, colon), Part.USER), Part.USER)
                + ":"
                + escape(unescape(text.substring(colon + 1), Part.USER), Part.USER);
    }

    private static String host(String scheme, String text) throws FunctionException {
        int open = text.lastIndexOf('[');
        if (open > 0) {
            throw failure("invalid IP-literal");
        }
        if (open == 0) {
            return literal(text);
        }
        int colon = text.indexOf(':');
        if (colon >= 0) {
            boolean strict = scheme.equals("http") || scheme.equals("https");
            if (!isPort(text.substring(strict ? colon : text.lastIndexOf(':')))) {
                throw failure("invalid port after host");
            }
        }
        return unescape(text, Part.HOST);
    }

    private static String literal(String text) throws FunctionException {
        int close = text.lastIndexOf(']');
        if (close < 0) {
            throw failure("missing ']' in host");
        }
        var port = text.substring(close + 1);
        if (!isPort(port)) {
            throw failure("invalid port after host");
        }
        var name = text.substring(1, close);
        int zone = name.indexOf("%25");
        var address = unescape(zone < 0 ? name : name.substring(0, zone), Part.HOST);
        if (IpAddresses.parse(address).filter(bytes -> bytes.length > 4).isEmpty()) {
            throw failure("invalid host");
        }
        var zoneName = zone < 0 ? "" : unescape(name.substring(zone), Part.ZONE);
        return "[" + address + zoneName + "]" + port;
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || text.matches(":[0-9]*");
    }

    /** -1 for none. */
    private static int schemeEnd(String text) throws FunctionException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (c == ':') {
                if (i == 0) {
                    throw failure("missing protocol scheme");
                }
                return i;
            }
            boolean inner = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (!letter && !(inner && i > 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static String firstSegment(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String escape(String text, Part part) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (part.escapes(c)) {
                escaped.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text, Part part) throws FunctionException {
        boolean inHost = part == Part.HOST || part == Part.ZONE;
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                if (inHost && c < 0x80 && part.escapes(c)) {
                    throw failure("invalid character in host name");
                }
                plain.append(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw failure("invalid URL escape");
            }
            char decoded = (char) (high << 4 | low);
            boolean percent = decoded == '%';
            boolean refused =
                    part == Part.HOST && high < 8 && !percent
                            || part == Part.ZONE
                                    && !percent
                                    && decoded != ' '
                                    && Part.HOST.escapes(decoded);
            if (refused) {
                throw failure("invalid URL escape");
            }
            plain.append(decoded);
            i += 2;
        }
        return plain.toString();
    }

    private static FunctionException failure(String what) {
        return new FunctionException(what);
    }
}
