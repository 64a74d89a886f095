package dev.lockstep.render;

import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.source.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What can be told of a spec's templates without any value. */
public final class SpecTemplates {
    private SpecTemplates() {}

    public static boolean areUsed(ExternalSecretSpec spec) {
        return spec.target().template() != null || !transforms(spec).isEmpty();
    }

    /** What is wrong with the templates that the spec itself holds; empty when nothing is. */
    public static Optional<RenderFailure> problem(ExternalSecretSpec spec, Templates templates) {
        try {
            for (var text : transforms(spec)) {
                Templating.parse(templates, text);
            }
            if (spec.target().template() != null) {
                for (var text : TargetTemplate.ofSpec(spec.target().template())) {
                    Templating.parse(templates, text);
                }
            }
            return Optional.empty();
        } catch (RenderException e) {
            return Optional.of(e.failure());
        }
    }

    /**
     * Whether the same values give another Secret at the next time, by randomness or the clock.
     *
     * @param sources the content of each of {@link ExternalSecretSpec#templateSources()}
     * @throws RenderException where a template is missing or is none
     */
    public static boolean varyByRun(
            ExternalSecretSpec spec,
            Map<TemplateSource, Optional<SortedMap<String, SecretBytes>>> sources,
            Templates templates)
            throws RenderException {
        var texts = new ArrayList<>(transforms(spec));
        if (spec.target().template() != null) {
            texts.addAll(new TargetTemplate(spec.target().template(), sources).texts());
        }
        for (var text : texts) {
            if (Templating.parse(templates, text).variesByRun()) {
                return true;
            }
        }
        return false;
    }

    private static List<TemplateText> transforms(ExternalSecretSpec spec) {
        var texts = new ArrayList<TemplateText>();
        for (int i = 0; i < spec.dataFrom().size(); i++) {
            var steps = spec.dataFrom().get(i).rewrite();
            for (int j = 0; j < steps.size(); j++) {
                var step = steps.get(j).transform();
                if (step != null) {
                    var entry = "spec.dataFrom[%d].rewrite[%d]".formatted(i, j);
                    texts.add(Rewriting.text(entry, step));
                }
            }
        }
        return texts;
    }
}
