package dev.lockstep.render;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.ValueRef;
import dev.lockstep.gotemplate.ExecutionContext;
import dev.lockstep.gotemplate.Functions;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.source.SecretBytes;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders specs as admins write them. */
final class Rendering {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** With a function that fails and one whose result is never the same. */
    static final Templates TEMPLATES =
            new Templates(
                    Functions.builtins()
                            .with(
                                    List.of(
                                            TemplateFunction.named("anything")
                                                    .varyingByRun()
                                                    .does((in, run) -> GoString.of("x")),
                                            TemplateFunction.named("refuse")
                                                    .takes(GoType.STRING)
                                                    .does(
                                                            (in, run) -> {
                                                                throw FunctionException.quoting(
                                                                        "it was refused",
                                                                        "refused "
                                                                                + in.string(0)
                                                                                        .text());
                                                            }))));

    private Rendering() {}

    static ExternalSecretSpec spec(String yaml) {
        return SERIALIZATION
                .unmarshal("---\n{metadata: {name: a}, spec: " + yaml + "}", ExternalSecret.class)
                .spec();
    }

    /** Data as text, from secrets by key. Secrets that are not given are gone. */
    static SortedMap<String, String> render(String yaml, Map<String, String> secrets)
            throws RenderException {
        var spec = spec(yaml);
        var values = new HashMap<ValueRef, Optional<SecretBytes>>();
        for (var ref : spec.valueRefs()) {
            values.put(ref, Optional.ofNullable(secrets.get(ref.key())).map(SecretBytes::ofUtf8));
        }
        var matches = new HashMap<FindRef, List<ValueRef>>();
        for (var ref : spec.findRefs()) {
            // What is found is all there is: the watch and the source choose.
            var found = secrets.keySet().stream().sorted().map(ref::match).toList();
            found.forEach(
                    match ->
                            values.put(
                                    match,
                                    Optional.of(SecretBytes.ofUtf8(secrets.get(match.key())))));
            matches.put(ref, found);
        }
        return texts(SecretData.render(spec, values, matches, Map.of(), templating()));
    }

    static SortedMap<String, String> texts(Map<String, SecretBytes> data) {
        var texts = new TreeMap<String, String>();
        data.forEach((key, value) -> texts.put(key, value.utf8()));
        return texts;
    }

    static Templating templating() {
        return templating(Limits.DEFAULT);
    }

    static Templating templating(Limits limits) {
        return new Templating(
                TEMPLATES,
                new ExecutionContext(NOON, new SecureRandom(), System::nanoTime, limits));
    }
}
