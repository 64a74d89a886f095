package dev.lockstep.gotemplate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;

/** Parses templates, and keeps those that are parsed again and again. */
public final class Templates {
    /** Bytes kept at most, roughly. */
    private static final long LARGEST = 4 << 20;

    private final Supplier<Functions> functions;
    private final Cache<Source, Template> parsed =
            Caffeine.newBuilder()
                    .maximumWeight(LARGEST)
                    .<Source, Template>weigher(
                            (source, template) -> source.weight() + template.weight())
                    // Evicting on the caller's thread: it is little, and no pool is woken for it.
                    .executor(Runnable::run)
                    .build();

    public Templates(Functions functions) {
        this(() -> functions);
    }

    /**
     * @param functions asked for when the first template is parsed: they are many
     */
    public Templates(Supplier<Functions> functions) {
        this.functions = functions;
    }

    /**
     * @param name for messages
     */
    public Template parse(String name, String text) throws TemplateException {
        var source = new Source(name, text);
        var known = parsed.getIfPresent(source);
        if (known != null) {
            return known;
        }
        var template = Template.parse(name, text, functions.get());
        parsed.put(source, template);
        return template;
    }

    /** The same without keeping it, for a text that is secret itself. */
    public Template parseOnce(String name, String text) throws TemplateException {
        return Template.parse(name, text, functions.get());
    }

    private record Source(String name, String text) {
        int weight() {
            return name.length() + text.length();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
