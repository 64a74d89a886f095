package dev.lockstep.render;

import dev.lockstep.api.DataFrom;
import dev.lockstep.api.ExternalSecretData;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.MetadataPolicy;
import dev.lockstep.api.NullBytePolicy;
import dev.lockstep.api.RemoteRef;
import dev.lockstep.api.Rewrite;
import dev.lockstep.api.SourceRef;
import dev.lockstep.api.ValueRef;
import dev.lockstep.render.Json.JsonNull;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.JsonString;
import dev.lockstep.render.RenderFailure.NotDecodable;
import dev.lockstep.render.RenderFailure.NotJson;
import dev.lockstep.render.RenderFailure.NotSupported;
import dev.lockstep.render.RenderFailure.NullByte;
import dev.lockstep.render.RenderFailure.PropertyMissing;
import dev.lockstep.source.SecretBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values for a Secret or its template, made of remote ones. Same values and spec in, same bytes
 * out.
 */
public final class SecretData {
    private final ExternalSecretSpec spec;
    private final Map<ValueRef, Optional<SecretBytes>> values;
    private final Map<FindRef, List<ValueRef>> matches;
    private final Templating templating;
    private final Map<Integer, SortedMap<String, SecretBytes>> generated;
    private final SortedMap<String, SecretBytes> data = new TreeMap<>();

    private SecretData(
            ExternalSecretSpec spec,
            Map<ValueRef, Optional<SecretBytes>> values,
            Map<FindRef, List<ValueRef>> matches,
            Map<Integer, SortedMap<String, SecretBytes>> generated,
            Templating templating) {
        this.spec = spec;
        this.values = values;
        this.matches = matches;
        this.templating = templating;
        this.generated = generated;
    }

    /**
     * Entries of {@code dataFrom} in order, later ones winning, then those of {@code data}, which
     * win over all.
     *
     * @param spec checked, so that nothing in it is not served
     * @param values for each of {@link ExternalSecretSpec#valueRefs()} and all matches; empty for a
     *     remote secret that is gone and that the {@code deletionPolicy} lets be skipped
     * @param matches for each of {@link ExternalSecretSpec#findRefs()}
     * @param generated what the generators of {@code dataFrom} made, by the number of their entry
     * @return may be empty, when all remote secrets are gone
     * @throws RenderException for the first entry that fails
     */
    public static SortedMap<String, SecretBytes> render(
            ExternalSecretSpec spec,
            Map<ValueRef, Optional<SecretBytes>> values,
            Map<FindRef, List<ValueRef>> matches,
            Map<Integer, SortedMap<String, SecretBytes>> generated,
            Templating templating)
            throws RenderException {
        return new SecretData(spec, values, matches, generated, templating).render();
    }

    private SortedMap<String, SecretBytes> render() throws RenderException {
        int index = 0;
        for (var entry : spec.dataFrom()) {
            var value = spec.valueRef(entry).flatMap(this::value);
            if (value.isPresent() && entry.extract() != null) {
                extract(
                        "spec.dataFrom[" + index + "]",
                        entry.extract(),
                        entry.rewrite(),
                        value.get());
            }
            if (entry.find() != null) {
                find("spec.dataFrom[" + index + "]", entry, entry.find());
            }
            var made = generated.get(index);
            if (made != null) {
                generated("spec.dataFrom[" + index + "]", entry, made);
            }
            index++;
        }
        index = 0;
        for (var entry : spec.data()) {
            var value = value(spec.valueRef(entry));
            if (value.isPresent()) {
                put("spec.data[" + index + "]", entry, value.get());
            }
            index++;
        }
        return data;
    }

    private Optional<SecretBytes> value(ValueRef ref) {
        var value = values.get(ref);
        if (value == null) {
            throw new IllegalArgumentException("no value was given for " + ref);
        }
        return value;
    }

    private void put(String path, ExternalSecretData entry, SecretBytes value)
            throws RenderException {
        var ref = entry.remoteRef();
        var origin = new Origin(path, entry.secretKey(), ref.key());
        Keys.check(entry.secretKey(), origin);
        data.put(
                entry.secretKey(),
                finish(select(value, ref, origin), entry.secretKey(), ValueForm.of(ref), origin));
    }

    /** Each property a key. Of two with one name the last counts; one without a name is dropped. */
    private void extract(String path, RemoteRef ref, List<Rewrite> rewrite, SecretBytes value)
            throws RenderException {
        var origin = new Origin(path, "", ref.key());
        var properties = new LinkedHashMap<String, SecretBytes>();
        for (var member : object(select(value, ref, origin), origin).members()) {
            properties.put(member.name(), extracted(member.value()));
        }
        put(properties, rewrite, ValueForm.of(ref), origin);
    }

    /** Each secret a key, named as the secret is. */
    private void find(String path, DataFrom entry, DataFrom.Find find) throws RenderException {
        var found = new TreeMap<String, SecretBytes>();
        for (var ref : spec.findRef(entry).map(matches::get).orElseThrow()) {
            value(ref).ifPresent(value -> found.put(ref.key(), value));
        }
        put(found, entry.rewrite(), ValueForm.of(find), Origin.ofFind(path));
    }

    /** Neither converted nor decoded, as in ESO: who wrote the generator chose the keys. */
    private void generated(String path, DataFrom entry, SortedMap<String, SecretBytes> made)
            throws RenderException {
        var ref = Optional.ofNullable(entry.sourceRef()).map(SourceRef::generatorRef);
        var origin =
                new Origin(
                        path, "", ref.map(r -> "made by " + r.kind() + " " + r.name()).orElse(""));
        var byKey = Rewriting.apply(entry.rewrite(), made, origin, templating);
        byKey.remove("");
        for (var value : byKey.entrySet()) {
            Keys.check(value.getKey(), origin);
            data.put(value.getKey(), value.getValue());
        }
    }

    /** Only keys that no step rewrites are converted, as in ESO. */
    private void put(
            Map<String, SecretBytes> found, List<Rewrite> rewrite, ValueForm form, Origin origin)
            throws RenderException {
        var byKey =
                rewrite.isEmpty()
                        ? Keys.convert(found, form.conversion(), origin)
                        : Rewriting.apply(rewrite, found, origin, templating);
        byKey.remove("");
        for (var entry : byKey.entrySet()) {
            Keys.check(entry.getKey(), origin);
            data.put(entry.getKey(), finish(entry.getValue(), entry.getKey(), form, origin));
        }
    }

    /**
     * Strings without quotes, null empty, all else as written: ESO unmarshals these to raw JSON.
     */
    private static SecretBytes extracted(Json value) {
        boolean text = value instanceof JsonString || value instanceof JsonNull;
        return SecretBytes.ofUtf8(text ? value.text() : value.raw());
    }

    /** The property that is asked for, or the whole value. */
    private static SecretBytes select(SecretBytes value, RemoteRef ref, Origin origin)
            throws RenderException {
        var property = ref.propertyOrEmpty();
        if (property.isEmpty()) {
            return value;
        }
        if (ref.metadataPolicyOrDefault() == MetadataPolicy.Fetch) {
            // Names of tags hold what means something in a path.
            for (var tag : object(value, origin).members()) {
                if (tag.name().equals(property)) {
                    return SecretBytes.ofUtf8(tag.value().text());
                }
            }
        }
        try {
            var found = PropertyPath.find(json(value, origin), property);
            return SecretBytes.ofUtf8(
                    found.orElseThrow(
                                    () ->
                                            new RenderException(
                                                    new PropertyMissing(origin, property)))
                            .text());
        } catch (UnservedSyntaxException e) {
            throw new RenderException(new NotSupported(origin, property, e.getMessage()));
        }
    }

    private static JsonObject object(SecretBytes value, Origin origin) throws RenderException {
        if (json(value, origin) instanceof JsonObject object) {
            return object;
        }
        throw new RenderException(new NotJson(origin, "it is no object"));
    }

    private static Json json(SecretBytes value, Origin origin) throws RenderException {
        try {
            return JsonReader.read(value);
        } catch (MalformedJsonException e) {
            throw new RenderException(new NotJson(origin, e.getMessage()));
        }
    }

    private static SecretBytes finish(SecretBytes value, String key, ValueForm form, Origin origin)
            throws RenderException {
        var decoded =
                Decoding.decode(value, form.decoding())
                        .orElseThrow(
                                () ->
                                        new RenderException(
                                                new NotDecodable(origin, key, form.decoding())));
        if (form.nullBytes() == NullBytePolicy.Fail && hasNullByte(decoded)) {
            throw new RenderException(new NullByte(origin, key));
        }
        return decoded;
    }

    private static boolean hasNullByte(SecretBytes value) {
        for (byte b : value.bytes()) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
