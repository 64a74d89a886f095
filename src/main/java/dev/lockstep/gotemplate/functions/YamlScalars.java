package dev.lockstep.gotemplate.functions;

import com.google.re2j.Pattern;
import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.IntegerText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What plain scalars mean to go-yaml v2, on which sigs.k8s.io/yaml builds: YAML 1.1, mostly. */
final class YamlScalars {
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final List<String> TIMESTAMPS =
            List.of(
                    "2006-1-2T15:4:5.999999999Z07:00",
                    "2006-1-2t15:4:5.999999999Z07:00",
                    "2006-1-2 15:4:5.999999999",
                    "2006-1-2");
    private static final Map<String, GoValue> WORDS = words();
    private static final int YEAR_DIGITS = 4;
    private static final int BITS = 64;

    private YamlScalars() {}

    private static Map<String, GoValue> words() {
        var words = new HashMap<String, GoValue>();
        for (var word : List.of("y", "yes", "true", "on")) {
            addCases(words, word, GoBool.TRUE);
        }
        for (var word : List.of("n", "no", "false", "off")) {
            addCases(words, word, GoBool.FALSE);
        }
        addCases(words, "null", GoNil.INTERFACE);
        words.put("", GoNil.INTERFACE);
        words.put("~", GoNil.INTERFACE);
        for (var infinity : List.of(".inf", ".Inf", ".INF")) {
            words.put(infinity, GoFloat.of(Double.POSITIVE_INFINITY));
            words.put("+" + infinity, GoFloat.of(Double.POSITIVE_INFINITY));
            words.put("-" + infinity, GoFloat.of(Double.NEGATIVE_INFINITY));
        }
        for (var nan : List.of(".nan", ".NaN", ".NAN")) {
            words.put(nan, GoFloat.of(Double.NaN));
        }
        return Map.copyOf(words);
    }

    private static void addCases(Map<String, GoValue> words, String word, GoValue value) {
        words.put(word, value);
        words.put(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1), value);
        words.put(word.toUpperCase(Locale.ROOT), value);
    }

    /** The value; a time stays text. */
    static GoValue resolve(String raw) {
        var word = WORDS.get(raw);
        if (word != null) {
            return word;
        }
        char first = raw.charAt(0);
        if (first == '.') {
            return FLOAT.matcher(raw).matches() || isGoFloat(raw) ? number(raw) : text(raw);
        }
        boolean numeric = first == '+' || first == '-' || first >= '0' && first <= '9';
        if (!numeric || isTimestamp(raw)) {
            return text(raw);
        }
        return numeric(raw);
    }

    /** Whether go-yaml puts quotes around it. */
    static boolean needsQuotes(String raw) {
        return !(resolve(raw) instanceof GoString)
                || isTimestamp(raw)
                || BASE_60.matcher(raw).matches();
    }

    private static GoValue numeric(String raw) {
        var plain = raw.replace("_", "");
        try {
            return GoInt.of(IntegerText.parseSigned(plain, 0, BITS));
        } catch (FunctionException noSigned) {
            try {
                return new GoInt(IntegerText.parseUnsigned(plain, 0, BITS), GoType.UINT64);
            } catch (FunctionException noInteger) {
                return FLOAT.matcher(plain).matches() && isGoFloat(plain)
                        ? number(plain)
                        : text(raw);
            }
        }
    }

    private static boolean isGoFloat(String text) {
        try {
            FloatText.parse(text);
            return true;
        } catch (FunctionException none) {
            return false;
        }
    }

    private static GoValue number(String text) {
        try {
            return GoFloat.of(FloatText.parse(text));
        } catch (FunctionException none) {
            return text(text);
        }
    }

    private static boolean isTimestamp(String raw) {
        int digits = 0;
        while (digits < raw.length() && raw.charAt(digits) >= '0' && raw.charAt(digits) <= '9') {
            digits++;
        }
        if (digits != YEAR_DIGITS || digits == raw.length() || raw.charAt(digits) != '-') {
            return false;
        }
        for (var layout : TIMESTAMPS) {
            try {
                TimeParser.parse(layout, raw);
                return true;
            } catch (FunctionException another) {
                continue;
            }
        }
        return false;
    }

    private static GoString text(String raw) {
        return GoString.ofRaw(raw);
    }
}
