package dev.lockstep.gotemplate.value;

import java.nio.charset.StandardCharsets;

/**
 * A string of Go's: bytes, usually of UTF-8, but any will do. Held as a Java string with one char
 * from 0 to 255 for each byte, {@link #raw()}, which Java stores in one byte each; searching,
 * cutting, joining and comparing raw strings is what Go does with strings.
 */
public final class GoString implements GoValue, Comparable<GoString> {
    public static final GoString EMPTY = new GoString("");

    private final String raw;

    private GoString(String raw) {
        this.raw = raw;
    }

    /** Of text, as UTF-8. */
    public static GoString of(String text) {
        return ofRaw(toRaw(text));
    }

    /**
     * @param raw one char from 0 to 255 for each byte
     */
    public static GoString ofRaw(String raw) {
        return raw.isEmpty() ? EMPTY : new GoString(raw);
    }

    public static GoString ofBytes(byte[] bytes) {
        return ofRaw(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** One char from 0 to 255 for each byte. */
    public String raw() {
        return raw;
    }

    public byte[] bytes() {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Read as UTF-8, each byte that is none becoming U+FFFD, as when Go ranges over it. */
    public String text() {
        return toText(raw);
    }

    /** In bytes, as Go's len. */
    public int length() {
        return raw.length();
    }

    public boolean isEmpty() {
        return raw.isEmpty();
    }

    public boolean isUtf8() {
        return isAscii(raw) || Runes.of(raw).allMatch(r -> !r.isBroken());
    }

    public static String toRaw(String text) {
        return isAscii(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    public static String toText(String raw) {
        if (isAscii(raw)) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        Runes.of(raw).forEach(rune -> text.appendCodePoint(rune.codePoint()));
        return text.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    @Override
    public GoType type() {
        return GoType.STRING;
    }

    @Override
    public boolean isTrue() {
        return !raw.isEmpty();
    }

    /** By bytes. */
    @Override
    public int compareTo(GoString other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GoString that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return "GoString[" + raw.length() + " bytes]";
    }
}
