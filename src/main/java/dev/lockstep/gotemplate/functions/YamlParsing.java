package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML as sigs.k8s.io/yaml does: to what JSON could say, so that keys are text and numbers
 * float64.
 */
final class YamlParsing {
    private static final int ENTRY_BYTES = 64;
    private static final GoString MERGE = GoString.of("<<");

    private final Run run;
    private final Parser events;
    private final Map<String, GoValue> anchors = new HashMap<>();

    private YamlParsing(Run run, Parser events) {
        this.run = run;
        this.events = events;
    }

    /** The first document, which is to be a map or empty. */
    static GoMap parse(Run run, GoString yaml) throws FunctionException {
        run.allocate(yaml.length() * 4L);
        run.work(yaml.length() / 16L);
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        var reader = new StreamReader(new StringReader(yaml.text()));
        try {
            var parsing = new YamlParsing(run, new ParserImpl(reader, options));
            var value = parsing.document();
            if (Values.isNil(value)) {
                return GoMap.nil(GoType.DICT);
            }
            if (value instanceof GoMap map) {
                return map;
            }
            throw new FunctionException(
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal into Go"
                            + " value of type map[string]interface {}");
        } catch (YAMLException malformed) {
            throw new FunctionException("error converting YAML to JSON: the text is no YAML");
        }
    }

    private GoValue document() throws FunctionException {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return GoNil.INTERFACE;
        }
        events.getEvent();
        return value(events.getEvent());
    }

    private GoValue value(Event event) throws FunctionException {
        run.work(1);
        if (event instanceof AliasEvent alias) {
            var known = anchors.get(alias.getAnchor());
            if (known == null) {
                throw new FunctionException("error converting YAML to JSON: unknown anchor");
            }
            // An alias is a copy, which is what a bomb of aliases is charged for.
            return Values.deepCopy(run, known);
        }
        GoValue value;
        if (event instanceof ScalarEvent scalar) {
            value = scalar(scalar);
        } else if (event instanceof SequenceStartEvent) {
            value = sequence();
        } else if (event instanceof MappingStartEvent) {
            value = mapping();
        } else {
            throw new FunctionException("error converting YAML to JSON: the text is no YAML");
        }
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, value);
        }
        return value;
    }

    private GoValue sequence() throws FunctionException {
        run.enter();
        var elements = new ArrayList<GoValue>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            run.allocate(ENTRY_BYTES);
            elements.add(value(events.getEvent()));
        }
        events.getEvent();
        run.leave();
        return GoSlice.list(elements);
    }

    private GoValue mapping() throws FunctionException {
        run.enter();
        var own = GoMap.dict();
        var merged = GoMap.dict();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            run.allocate(ENTRY_BYTES);
            var keyEvent = events.getEvent();
            var key = value(keyEvent);
            var value = value(events.getEvent());
            boolean merges =
                    key.equals(MERGE) && keyEvent instanceof ScalarEvent scalar && scalar.isPlain();
            if (merges) {
                merge(merged, value);
            } else {
                own.put(key(key), value);
            }
        }
        events.getEvent();
        run.leave();
        own.entries().forEach(merged::put);
        return merged;
    }

    /** Of several, the first that has a key gives its value. */
    private static void merge(GoMap merged, GoValue value) throws FunctionException {
        var maps = new ArrayList<GoMap>();
        var values = value instanceof GoSlice slice ? slice.elements() : List.of(value);
        for (var each : values) {
            if (!(each instanceof GoMap map)) {
                throw new FunctionException(
                        "error converting YAML to JSON: yaml: map merge requires map or sequence"
                                + " of maps as the value");
            }
            maps.add(map);
        }
        for (var map : maps) {
            map.entries()
                    .forEach(
                            (key, element) -> {
                                if (merged.get(key) == null) {
                                    merged.put(key, element);
                                }
                            });
        }
    }

    private static GoString key(GoValue key) throws FunctionException {
        if (key instanceof GoString text) {
            return text;
        }
        if (key instanceof GoBool truth) {
            return GoString.of(String.valueOf(truth.value()));
        }
        if (key instanceof GoFloat number) {
            double value = number.value();
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            return GoString.of(
                    whole
                            ? String.valueOf((long) value)
                            : FloatText.format(value, 'g', FloatText.SHORTEST));
        }
        throw new FunctionException("error converting YAML to JSON: unsupported map key");
    }

    private static GoValue scalar(ScalarEvent event) throws FunctionException {
        var raw = GoString.toRaw(event.getValue());
        var tag = event.getTag();
        if ("tag:yaml.org,2002:binary".equals(tag)) {
            return GoString.ofRaw(
                    Encodings.decodeBase64(raw)
                            .orElseThrow(
                                    () ->
                                            new FunctionException(
                                                    "error converting YAML to JSON: yaml: !!binary"
                                                            + " value contains invalid base64"
                                                            + " data")));
        }
        boolean isText = !event.isPlain() && tag == null || "tag:yaml.org,2002:str".equals(tag);
        if (isText) {
            return GoString.ofRaw(raw);
        }
        var value = YamlScalars.resolve(raw);
        if (value instanceof GoInt number) {
            return GoFloat.of(Casts.number(number));
        }
        if (value instanceof GoFloat number && !Double.isFinite(number.value())) {
            throw new FunctionException("error converting YAML to JSON: json: unsupported value");
        }
        return value;
    }
}
