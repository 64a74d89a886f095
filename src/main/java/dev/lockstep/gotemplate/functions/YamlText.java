package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * Writes YAML as sigs.k8s.io/yaml does: by way of JSON, keys in natural order, lists as far left as
 * their keys. Only where SnakeYAML lays out the same text in another way it differs: characters
 * beyond U+FFFF stand as they are, an empty key after a question mark, and U+0085 and its like with
 * their indentation.
 */
final class YamlText {
    private static final int WIDTH = 80;
    private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

    private final Run run;
    private final Emitter emitter;

    private YamlText(Run run, Emitter emitter) {
        this.run = run;
        this.emitter = emitter;
    }

    /** Empty for what has no YAML. */
    static String of(Run run, GoValue value) {
        try {
            // JSON first: it says what there is of times, versions, bytes and broken UTF-8.
            var json = JsonText.compact(run, value);
            if (!isReadable(json)) {
                return "";
            }
            return write(run, JsonParsing.withIntegers(run, GoString.ofRaw(json)));
        } catch (FunctionException | IOException | YAMLException unsupported) {
            return "";
        }
    }

    /** sigs.k8s.io/yaml reads the JSON as YAML, in which these may not stand. */
    private static boolean isReadable(String json) {
        return GoString.toText(json).codePoints().noneMatch(YamlText::isControl);
    }

    private static boolean isControl(int c) {
        return c == 0x7f || c >= 0x80 && c < 0xa0 && c != 0x85 || c == 0xfffe || c == 0xffff;
    }

    private static String write(Run run, GoValue value) throws IOException {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setAllowUnicode(true);
        options.setMaxSimpleKeyLength(128);
        var text = new StringWriter();
        var yaml = new YamlText(run, new Emitter(text, options));
        yaml.emit(new StreamStartEvent(null, null));
        yaml.emit(new DocumentStartEvent(null, null, false, null, null));
        yaml.append(value);
        yaml.emit(new DocumentEndEvent(null, null, false));
        yaml.emit(new StreamEndEvent(null, null));
        var written = text.toString();
        return GoString.toRaw(
                written.endsWith("\n") ? written.substring(0, written.length() - 1) : written);
    }

    private void append(GoValue value) throws IOException {
        run.work(1);
        if (value instanceof GoMap map) {
            append(map);
        } else if (value instanceof GoSlice slice) {
            append(slice);
        } else if (value instanceof GoString text) {
            append(text);
        } else if (value instanceof GoFloat number) {
            plain(FloatText.format(number.value(), 'g', FloatText.SHORTEST));
        } else if (value instanceof GoInt number) {
            plain(
                    number.isUnsigned()
                            ? Long.toUnsignedString(number.value())
                            : Long.toString(number.value()));
        } else {
            plain(Values.isNil(value) ? "null" : String.valueOf(value.isTrue()));
        }
    }

    private void append(GoMap map) throws IOException {
        run.enter();
        var flow = map.size() == 0 ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK;
        emit(new MappingStartEvent(null, null, true, null, null, flow));
        var keys = new ArrayList<>(map.entries().keySet());
        keys.sort(NaturalOrder.INSTANCE);
        for (var key : keys) {
            append(key);
            append(map.entries().get(key));
        }
        emit(new MappingEndEvent(null, null));
        run.leave();
    }

    private void append(GoSlice slice) throws IOException {
        run.enter();
        var flow =
                slice.length() == 0 ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK;
        emit(new SequenceStartEvent(null, null, true, null, null, flow));
        for (var element : slice.elements()) {
            append(element);
        }
        emit(new SequenceEndEvent(null, null));
        run.leave();
    }

    private void append(GoString text) throws IOException {
        var style =
                text.raw().indexOf('\n') >= 0
                        ? DumperOptions.ScalarStyle.LITERAL
                        : YamlScalars.needsQuotes(text.raw())
                                ? DumperOptions.ScalarStyle.DOUBLE_QUOTED
                                : DumperOptions.ScalarStyle.PLAIN;
        emit(new ScalarEvent(null, null, IMPLICIT, text.text(), null, null, style));
    }

    private void plain(String text) throws IOException {
        emit(
                new ScalarEvent(
                        null, null, IMPLICIT, text, null, null, DumperOptions.ScalarStyle.PLAIN));
    }

    private void emit(Event event) throws IOException {
        emitter.emit(event);
    }
}
