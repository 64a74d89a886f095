package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.ValueRef;
import dev.lockstep.gotemplate.ExecutionContext;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.render.RenderException;
import dev.lockstep.render.RenderFailure;
import dev.lockstep.render.Rendered;
import dev.lockstep.render.SecretData;
import dev.lockstep.render.SpecTemplates;
import dev.lockstep.render.TargetTemplate;
import dev.lockstep.render.Templating;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.SyncFailure;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Renders values, with the templates that are read for it. */
public final class TemplateRuns {
    private final TemplateContents contents;
    private final Templates templates;
    private final SecureRandom random;

    public TemplateRuns(TemplateContents contents, Templates templates, SecureRandom random) {
        this.contents = contents;
        this.templates = templates;
        this.random = random;
    }

    /** Refuses templates that are none before anything is read. */
    void check(ExternalSecretSpec spec) throws SyncException {
        var problem = SpecTemplates.problem(spec, templates);
        if (problem.isPresent()) {
            throw failure(problem.get());
        }
    }

    /** What the Secret shall hold; the clock and randomness are the same for all of it. */
    Rendered render(
            ExternalSecret externalSecret,
            Map<ValueRef, Optional<SecretBytes>> values,
            Map<FindRef, List<ValueRef>> matches,
            Map<Integer, SortedMap<String, SecretBytes>> generated,
            Instant now)
            throws SyncException {
        var spec = externalSecret.spec();
        var context = new ExecutionContext(now, random, System::nanoTime, Limits.DEFAULT);
        var templating = new Templating(templates, context);
        try {
            var data = SecretData.render(spec, values, matches, generated, templating);
            var template = spec.target().template();
            return template == null
                    ? new Rendered(data, Optional.empty())
                    : new TargetTemplate(template, contents.read(externalSecret))
                            .render(data, templating);
        } catch (RenderException e) {
            throw failure(e.failure());
        }
    }

    private static SyncException failure(RenderFailure failure) {
        return new SyncException(SyncFailure.lasting(failure.reason(), failure.message()));
    }
}
