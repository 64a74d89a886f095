package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A block of PEM, read and written as Go's encoding/pem does. Texts are bytes, one a character.
 *
 * @param headers such as those of an encrypted key
 */
record PemBlock(String type, SortedMap<String, String> headers, byte[] bytes) {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "\n-----END ";
    private static final String DASHES = "-----";
    private static final String PROC_TYPE = "Proc-Type";
    private static final int LINE_LENGTH = 64;

    static PemBlock of(String type, byte[] bytes) {
        return new PemBlock(type, new TreeMap<>(), bytes);
    }

    /**
     * @param after where the text goes on
     */
    record Found(PemBlock block, int after) {}

    /** All blocks; what stands between them is passed over. */
    static List<PemBlock> all(String text) {
        var blocks = new ArrayList<PemBlock>();
        var found = next(text, 0);
        while (found.isPresent()) {
            blocks.add(found.get().block());
            found = next(text, found.get().after());
        }
        return List.copyOf(blocks);
    }

    static Optional<PemBlock> first(String text) {
        return next(text, 0).map(Found::block);
    }

    static PemBlock firstOf(String text, String what) throws FunctionException {
        return first(text).orElseThrow(() -> new FunctionException(what));
    }

    /** Go reads a block at the start of a line only; ESO drops what stands before the first. */
    static String withoutJunk(String text) {
        int begin = text.indexOf("-----BEGIN");
        return begin < 0 ? text : text.substring(begin);
    }

    /** Each end line belongs to the last begin line before it. */
    static Optional<Found> next(String text, int from) {
        int at = from;
        int end = text.indexOf(END, at);
        while (end >= 0) {
            int begin = text.lastIndexOf(BEGIN, end);
            int afterEnd = end + END.length();
            if (begin >= at && (begin == from || text.charAt(begin - 1) == '\n')) {
                var found = block(text, begin + BEGIN.length(), end);
                if (found.isPresent()) {
                    return found;
                }
            }
            at = afterEnd;
            end = text.indexOf(END, at);
        }
        return Optional.empty();
    }

    String encode() {
        var text = new StringBuilder(BEGIN).append(type).append(DASHES).append('\n');
        if (!headers.isEmpty()) {
            var procType = headers.get(PROC_TYPE);
            if (procType != null) {
                text.append(PROC_TYPE).append(": ").append(procType).append('\n');
            }
            headers.forEach(
                    (name, value) -> {
                        if (!name.equals(PROC_TYPE)) {
                            text.append(name).append(": ").append(value).append('\n');
                        }
                    });
            text.append('\n');
        }
        var base64 = Base64.getEncoder().encodeToString(bytes);
        for (int i = 0; i < base64.length(); i += LINE_LENGTH) {
            text.append(base64, i, Math.min(base64.length(), i + LINE_LENGTH)).append('\n');
        }
        return text.append(END, 1, END.length())
                .append(type)
                .append(DASHES)
                .append('\n')
                .toString();
    }

    private static Optional<Found> block(String text, int typeAt, int end) {
        int typeEnd = lineEnd(text, typeAt);
        var typeLine = trimmedRight(text.substring(typeAt, typeEnd));
        if (!typeLine.endsWith(DASHES)) {
            return Optional.empty();
        }
        var type = typeLine.substring(0, typeLine.length() - DASHES.length());
        var headers = new TreeMap<String, String>();
        int body = afterLine(text, typeEnd);
        while (body <= end) {
            int lineEnd = lineEnd(text, body);
            var line = text.substring(body, lineEnd);
            int colon = line.indexOf(':');
            if (colon < 0) {
                break;
            }
            headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
            body = afterLine(text, lineEnd);
        }
        var trailer = type + DASHES;
        int trailerAt = end + END.length();
        if (!text.startsWith(trailer, trailerAt)) {
            return Optional.empty();
        }
        int restOfLine = trailerAt + trailer.length();
        int lineEnd = lineEnd(text, restOfLine);
        if (!trimmedRight(text.substring(restOfLine, lineEnd)).isEmpty()) {
            return Optional.empty();
        }
        return bytes(body < end ? text.substring(body, end) : "")
                .map(
                        bytes ->
                                new Found(
                                        new PemBlock(type, headers, bytes),
                                        afterLine(text, lineEnd)));
    }

    private static Optional<byte[]> bytes(String body) {
        try {
            var base64 = body.replaceAll("[ \t\r\n]", "");
            // Java would read it without its padding too.
            return base64.length() % 4 == 0
                    ? Optional.of(Base64.getDecoder().decode(base64))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static int lineEnd(String text, int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private static int afterLine(String text, int lineEnd) {
        return Math.min(text.length(), lineEnd + 1);
    }

    private static String trimmedRight(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }
}
