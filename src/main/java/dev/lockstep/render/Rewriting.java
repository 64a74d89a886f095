package dev.lockstep.render;

import dev.lockstep.api.GoRegexp;
import dev.lockstep.api.Rewrite;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.render.RenderFailure.InvalidKey;
import dev.lockstep.render.RenderFailure.NotRewritable;
import dev.lockstep.source.SecretBytes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code rewrite} steps of one entry of {@code dataFrom}. Where two keys become one, External
 * Secrets Operator keeps the value of either; here that is an error, unless the values are equal.
 */
final class Rewriting {
    private final Origin origin;
    private final Templating templating;

    private Rewriting(Origin origin, Templating templating) {
        this.origin = origin;
        this.templating = templating;
    }

    /**
     * What the steps make of the keys, each taking what the one before it made.
     *
     * @param origin of the entry
     * @throws RenderException for the first step that fails
     */
    static SortedMap<String, SecretBytes> apply(
            List<Rewrite> steps,
            Map<String, SecretBytes> found,
            Origin origin,
            Templating templating)
            throws RenderException {
        SortedMap<String, SecretBytes> rewritten = new TreeMap<>(found);
        int index = 0;
        for (var step : steps) {
            var entry = "%s.rewrite[%d]".formatted(origin.entry(), index++);
            rewritten =
                    new Rewriting(new Origin(entry, "", origin.remoteKey()), templating)
                            .apply(step, rewritten);
        }
        return rewritten;
    }

    private SortedMap<String, SecretBytes> apply(Rewrite step, SortedMap<String, SecretBytes> found)
            throws RenderException {
        if (step.regexp() != null) {
            return replace(step.regexp(), found);
        }
        return step.merge() == null
                ? transform(step.transform(), found)
                : new Merging(step.merge(), origin).apply(found);
    }

    /** The template of a step. */
    static TemplateText text(String entry, Rewrite.Transform step) {
        return TemplateText.ofSpec(entry + ".transform.template", "transform", step.template());
    }

    private SortedMap<String, SecretBytes> transform(
            Rewrite.@Nullable Transform step, SortedMap<String, SecretBytes> found)
            throws RenderException {
        if (step == null) {
            return found;
        }
        var text = text(origin.entry(), step);
        return rename(
                found,
                key -> {
                    var values = GoMap.empty(GoType.STRING_MAP);
                    values.put(GoString.of("value"), GoString.of(key));
                    return templating.render(text, values).text();
                });
    }

    private SortedMap<String, SecretBytes> replace(
            Rewrite.Regexp step, SortedMap<String, SecretBytes> found) throws RenderException {
        var pattern = compile(step.source());
        return rename(found, key -> replace(pattern, key, step.target()));
    }

    private GoRegexp compile(String source) throws RenderException {
        try {
            return GoRegexp.compile(source);
        } catch (IllegalArgumentException e) {
            throw new RenderException(
                    new NotRewritable(
                            origin,
                            "regexp.source is no regular expression of RE2's syntax ("
                                    + e.getMessage()
                                    + ")"));
        }
    }

    private String replace(GoRegexp pattern, String key, String target) throws RenderException {
        return pattern.replaceAll(key, target)
                .orElseThrow(
                        () ->
                                new RenderException(
                                        new NotRewritable(
                                                origin,
                                                "regexp makes more than %d characters of key %s"
                                                        .formatted(
                                                                GoRegexp.LONGEST_RESULT,
                                                                Printable.of(key)))));
    }

    /** What a key becomes. */
    private interface Renaming {
        String of(String key) throws RenderException;
    }

    private SortedMap<String, SecretBytes> rename(
            SortedMap<String, SecretBytes> found, Renaming renaming) throws RenderException {
        var renamed = new TreeMap<String, SecretBytes>();
        for (var entry : found.entrySet()) {
            var key = renaming.of(entry.getKey());
            var other = renamed.put(key, entry.getValue());
            if (other != null && !other.equals(entry.getValue())) {
                throw new RenderException(
                        new InvalidKey(
                                origin,
                                key,
                                "two keys, one of them %s, become this one"
                                        .formatted(Printable.of(entry.getKey()))));
            }
        }
        return renamed;
    }
}
