package dev.lockstep.gotemplate.functions;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/** {@code net.ParseIP}: without asking a name server, as Java's own might. */
final class IpAddresses {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int V6_GROUPS = 8;

    private IpAddresses() {}

    static Optional<byte[]> parse(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    /** As Go prints an address of 4 or 16 bytes. */
    static String format(byte[] address) {
        if (address.length == V4_BYTES) {
            return (address[0] & 0xff)
                    + "."
                    + (address[1] & 0xff)
                    + "."
                    + (address[2] & 0xff)
                    + "."
                    + (address[3] & 0xff);
        }
        if (address.length != V6_BYTES) {
            return "?" + HexFormat.of().formatHex(address);
        }
        return formatV6(address);
    }

    /** RFC 5952: the longest run of two or more zero groups is left out. */
    private static String formatV6(byte[] address) {
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        int runAt = -1;
        int runLength = 1;
        for (int i = 0; i < V6_GROUPS; i++) {
            int end = i;
            while (end < V6_GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runAt = i;
                runLength = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < V6_GROUPS; i++) {
            if (i == runAt) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static Optional<byte[]> v4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != V4_BYTES) {
            return Optional.empty();
        }
        var bytes = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            boolean digits = parts[i].length() <= 3 && parts[i].matches("0|[1-9][0-9]*");
            if (!digits || Integer.parseInt(parts[i]) > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(bytes -> bytes.length == V6_BYTES);
        }
        var head = groups(text.substring(0, gap));
        var tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().length + tail.get().length;
        if (given > V6_BYTES - 2) {
            return Optional.empty();
        }
        var bytes = new byte[V6_BYTES];
        System.arraycopy(head.get(), 0, bytes, 0, head.get().length);
        int tailAt = V6_BYTES - tail.get().length;
        System.arraycopy(tail.get(), 0, bytes, tailAt, tail.get().length);
        return Optional.of(bytes);
    }

    /** Groups of hexadecimal digits, the last two possibly as an address of version 4. */
    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        var parts = text.split(":", -1);
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                var v4 = v4(parts[i]);
                if (v4.isEmpty()) {
                    return Optional.empty();
                }
                bytes.writeBytes(v4.get());
                continue;
            }
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                return Optional.empty();
            }
            int group = Integer.parseInt(parts[i], 16);
            bytes.write(group >> 8);
            bytes.write(group);
        }
        return bytes.size() > V6_BYTES ? Optional.empty() : Optional.of(bytes.toByteArray());
    }
}
