package dev.lockstep.render;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Go orders texts by their UTF-8, Java by UTF-16: these differ above U+FFFF. */
final class Utf8Order {
    private Utf8Order() {}

    static int compare(String left, String right) {
        return Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
