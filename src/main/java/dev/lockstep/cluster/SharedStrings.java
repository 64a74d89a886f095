package dev.lockstep.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;

/**
 * Lets the objects of a cache share equal strings. Of the strings of ten thousand ExternalSecrets
 * three in four are the same namespace, the same reason, the same minute, and strings are what such
 * a cache is made of.
 *
 * <p>Only the fields of our own kinds and of metadata, and no maps: what is remembered here stays,
 * and of a Secret nothing may.
 */
public final class SharedStrings extends StdScalarDeserializer<String>
        implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 128;
    private static final int REMEMBERED = 1 << 13;

    /** The last one of each slot. A race between threads costs a copy, no more. */
    private final transient String[] recent = new String[REMEMBERED];

    private SharedStrings() {
        super(String.class);
    }

    /** To be registered with the mapper that reads what caches keep. */
    public static Module module() {
        return new SimpleModule().addDeserializer(String.class, new SharedStrings());
    }

    @Override
    public JsonDeserializer<?> createContextual(
            DeserializationContext context, BeanProperty property) {
        return property != null && isNoValue(property) ? this : StringDeserializer.instance;
    }

    private static boolean isNoValue(BeanProperty property) {
        var owner = property.getMember().getDeclaringClass();
        return property.getType().hasRawClass(String.class)
                && (owner == ObjectMeta.class
                        || owner.getPackage() == ExternalSecret.class.getPackage());
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        var text = StringDeserializer.instance.deserialize(parser, context);
        return text == null || text.length() > LONGEST ? text : shared(text);
    }

    private String shared(String text) {
        var slot = text.hashCode() & REMEMBERED - 1;
        var known = recent[slot];
        if (text.equals(known)) {
            return known;
        }
        recent[slot] = text;
        return text;
    }
}
