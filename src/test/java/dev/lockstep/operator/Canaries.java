package dev.lockstep.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Values that may stand nowhere but in the Secret, in the forms in which they could. */
final class Canaries {
    private final List<String> forms = new ArrayList<>();

    void add(String value) {
        forms.add(value);
        for (var before = 0; before < 3; before++) {
            forms.add(base64(value, before));
        }
    }

    /** Which of them the text holds. */
    List<String> in(String text) {
        return forms.stream().filter(text::contains).toList();
    }

    /** What of its Base64 does not depend on what stands around it, that many bytes before it. */
    private static String base64(String value, int before) {
        var encoded =
                Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(("x".repeat(before) + value).getBytes(UTF_8));
        var bits = 8 * (before + value.getBytes(UTF_8).length);
        return encoded.substring((8 * before + 5) / 6, bits / 6);
    }
}
