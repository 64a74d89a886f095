package dev.lockstep.render;

import java.util.regex.Pattern;

/** Names in messages: a remote name can hold anything, and be as long as the secret. */
final class Printable {
    private static final int LONGEST = 253;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}]");

    private Printable() {}

    static String of(String name) {
        if (name.isEmpty()) {
            return "\"\"";
        }
        var printable = NOT_PRINTABLE.matcher(name).replaceAll("?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
    }
}
