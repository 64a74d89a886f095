package dev.lockstep.render;

import dev.lockstep.api.DecodingStrategy;
import dev.lockstep.api.Template;
import dev.lockstep.api.TemplateAs;
import dev.lockstep.api.TemplateFrom;
import dev.lockstep.api.TemplateMergePolicy;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.render.RenderFailure.TemplateFailed;
import dev.lockstep.source.SecretBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code spec.target.template}. Of a key that is made twice the later counts: the values fetched,
 * {@code templateFrom} in order, {@code data} and {@code metadata}.
 */
public final class TargetTemplate {
    private static final String PATH = "spec.target.template";

    private final Template template;
    private final Map<TemplateSource, Optional<SortedMap<String, SecretBytes>>> sources;

    /**
     * @param sources the content of each of {@link Template#sources()}; empty for an object that
     *     does not exist
     */
    public TargetTemplate(
            Template template,
            Map<TemplateSource, Optional<SortedMap<String, SecretBytes>>> sources) {
        this.template = template;
        this.sources = Map.copyOf(sources);
    }

    /** The templates that the spec itself holds. */
    static List<TemplateText> ofSpec(Template template) {
        return new TargetTemplate(template, Map.of()).ofSpec().stream().map(Piece::text).toList();
    }

    /**
     * All templates.
     *
     * @throws RenderException where one is missing
     */
    List<TemplateText> texts() throws RenderException {
        return pieces().stream().map(Piece::text).toList();
    }

    /**
     * @param fetched all values by their keys
     */
    public Rendered render(Map<String, SecretBytes> fetched, Templating templating)
            throws RenderException {
        var bytes = new HashMap<String, byte[]>();
        fetched.forEach((key, value) -> bytes.put(key, value.bytes()));
        var made = new Made(keepsFetched() ? fetched : Map.of());
        var values = GoMap.ofBytes(bytes);
        for (var piece : pieces()) {
            var text = SecretBytes.of(templating.render(piece.text(), values).bytes());
            for (var entry : piece.entries(text).entrySet()) {
                made.put(piece, entry.getKey(), piece.decode(entry.getValue()));
            }
        }
        return made.rendered();
    }

    /** Without templates the type and metadata alone are the template's. */
    private boolean keepsFetched() {
        return template.mergePolicyOrDefault() == TemplateMergePolicy.Merge
                || template.data().isEmpty() && template.templateFrom().isEmpty();
    }

    /** Where a text goes. */
    private enum Part {
        DATA,
        LABELS,
        ANNOTATIONS;

        static Part of(TemplateFrom from) {
            return valueOf(from.targetOrDefault().toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A template and what becomes of its text.
     *
     * @param map whether it makes keys and values; else it makes the value of the key that it is
     *     named for
     */
    private record Piece(TemplateText text, Part part, boolean map, DecodingStrategy decoding) {

        Map<String, SecretBytes> entries(SecretBytes made) throws RenderException {
            if (!map) {
                return Map.of(text.name(), made);
            }
            try {
                return YamlTexts.read(made.utf8());
            } catch (MalformedYamlException e) {
                throw failed("it makes no YAML map of keys and texts (%s)", e.getMessage());
            }
        }

        SecretBytes decode(SecretBytes made) throws RenderException {
            return Decoding.decode(made, decoding)
                    .orElseThrow(
                            () ->
                                    failed(
                                            "a value that it makes is not %s text, as valuesDecodingStrategy says",
                                            decoding));
        }

        /** Plain texts are the API server's to refuse: its answer quotes no value. */
        void check(Optional<String> problem) throws RenderException {
            if (problem.isPresent() && (map || Template.isTemplate(text.text()))) {
                throw failed("it makes %s", problem.get());
            }
        }

        RenderException failed(String detail, Object argument) {
            return new RenderException(new TemplateFailed(text.path(), detail.formatted(argument)));
        }
    }

    /** What has been made so far. */
    private static final class Made {
        private final SortedMap<String, SecretBytes> data;
        private final SortedMap<String, String> labels = new TreeMap<>();
        private final SortedMap<String, String> annotations = new TreeMap<>();

        Made(Map<String, SecretBytes> kept) {
            data = new TreeMap<>(kept);
        }

        void put(Piece piece, String key, SecretBytes value) throws RenderException {
            switch (piece.part()) {
                case DATA -> {
                    if (!Keys.isValid(key)) {
                        throw piece.failed(
                                "it makes a key that a Secret cannot have (%s)", Keys.RULE);
                    }
                    data.put(key, value);
                }
                case LABELS -> {
                    piece.check(MetadataRules.label(key, value.utf8()));
                    labels.put(key, value.utf8());
                }
                case ANNOTATIONS -> {
                    piece.check(MetadataRules.annotation(key));
                    annotations.put(key, value.utf8());
                }
            }
        }

        Rendered rendered() {
            return new Rendered(data, Optional.of(new Rendered.Metadata(labels, annotations)));
        }
    }

    private List<Piece> pieces() throws RenderException {
        var pieces = new ArrayList<Piece>();
        int index = 0;
        for (var from : template.templateFrom()) {
            var path = "%s.templateFrom[%d]".formatted(PATH, index++);
            if (from.configMap() != null) {
                add(
                        pieces,
                        path + ".configMap",
                        from,
                        from.configMap(),
                        TemplateSource.Kind.ConfigMap);
            }
            if (from.secret() != null) {
                add(pieces, path + ".secret", from, from.secret(), TemplateSource.Kind.Secret);
            }
            literal(path, from).ifPresent(pieces::add);
        }
        addOfSpec(pieces);
        return pieces;
    }

    private List<Piece> ofSpec() {
        var pieces = new ArrayList<Piece>();
        int index = 0;
        for (var from : template.templateFrom()) {
            literal("%s.templateFrom[%d]".formatted(PATH, index++), from).ifPresent(pieces::add);
        }
        addOfSpec(pieces);
        return pieces;
    }

    private static Optional<Piece> literal(String path, TemplateFrom from) {
        return Optional.ofNullable(from.literal())
                .map(
                        text ->
                                new Piece(
                                        TemplateText.ofSpec(path + ".literal", "literal", text),
                                        Part.of(from),
                                        true,
                                        from.valuesDecodingStrategyOrDefault()));
    }

    private void addOfSpec(List<Piece> pieces) {
        add(pieces, PATH + ".data", template.data(), Part.DATA);
        var metadata = template.metadataOrEmpty();
        add(pieces, PATH + ".metadata.labels", metadata.labels(), Part.LABELS);
        add(pieces, PATH + ".metadata.annotations", metadata.annotations(), Part.ANNOTATIONS);
    }

    private static void add(List<Piece> pieces, String path, Map<String, String> texts, Part part) {
        new TreeMap<>(texts)
                .forEach(
                        (key, text) ->
                                pieces.add(
                                        new Piece(
                                                TemplateText.ofSpec(
                                                        "%s[%s]".formatted(path, Printable.of(key)),
                                                        key,
                                                        text),
                                                part,
                                                false,
                                                DecodingStrategy.None)));
    }

    private void add(
            List<Piece> pieces,
            String path,
            TemplateFrom from,
            TemplateFrom.TemplateRef ref,
            TemplateSource.Kind kind)
            throws RenderException {
        var source = new TemplateSource(kind, ref.name());
        var content =
                sources.getOrDefault(source, Optional.empty())
                        .orElseThrow(
                                () ->
                                        missing(
                                                path,
                                                "there is no %s: create it in this namespace",
                                                source));
        int index = 0;
        for (var item : ref.items()) {
            var itemPath = "%s.items[%d]".formatted(path, index++);
            var text = content.get(item.key());
            if (text == null) {
                throw missing(
                        itemPath, "%s has no key %s: add it", source, Printable.of(item.key()));
            }
            pieces.add(
                    new Piece(
                            new TemplateText(
                                    itemPath,
                                    item.key(),
                                    text.utf8(),
                                    kind == TemplateSource.Kind.Secret),
                            Part.of(from),
                            item.templateAsOrDefault() == TemplateAs.KeysAndValues,
                            from.valuesDecodingStrategyOrDefault()));
        }
    }

    private static RenderException missing(String path, String detail, Object... arguments) {
        return new RenderException(new TemplateFailed(path, detail.formatted(arguments)));
    }
}
