package dev.lockstep.render;

import dev.lockstep.api.DecodingStrategy;
import dev.lockstep.source.SecretBytes;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML map of texts, read as Go's sigs.k8s.io/yaml reads it into a map of strings: of several
 * documents the first, numbers and truths in their usual form, null as an empty text.
 */
final class YamlTexts {
    private static final int LARGEST = 16 << 20;
    private static final int DEEPEST_MERGE = 20;

    private final Map<String, SecretBytes> texts = new LinkedHashMap<>();

    private YamlTexts() {}

    static Map<String, SecretBytes> read(String text) throws MalformedYamlException {
        var yaml = new YamlTexts();
        try {
            var document = firstDocument(text);
            if (document instanceof MappingNode map) {
                yaml.add(map, 0);
            } else if (document != null && !document.getTag().equals(Tag.NULL)) {
                throw new MalformedYamlException("it is no map");
            }
            return yaml.texts;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new MalformedYamlException(
                    mark == null ? "it is no YAML" : "line " + (mark.getLine() + 1));
        } catch (YAMLException e) {
            throw new MalformedYamlException("it is no YAML");
        }
    }

    private static @Nullable Node firstDocument(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        var yaml =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(new DumperOptions()),
                        new DumperOptions(),
                        options,
                        new GoResolver());
        var documents = yaml.composeAll(new StringReader(text)).iterator();
        return documents.hasNext() ? documents.next() : null;
    }

    /** Own keys win over those that {@code <<} takes in, wherever it stands. */
    private void add(MappingNode map, int depth) throws MalformedYamlException {
        if (depth > DEEPEST_MERGE) {
            throw new MalformedYamlException("its merges nest too deeply");
        }
        for (var entry : map.getValue()) {
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(entry.getValueNode(), depth + 1);
            }
        }
        for (var entry : map.getValue()) {
            if (!entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                texts.put(key(entry.getKeyNode()), value(entry.getValueNode()));
            }
        }
    }

    private void merge(Node value, int depth) throws MalformedYamlException {
        if (value instanceof MappingNode map) {
            add(map, depth);
        } else if (value instanceof SequenceNode maps) {
            // The first wins, so it comes last.
            var backwards = List.copyOf(maps.getValue());
            for (int i = backwards.size() - 1; i >= 0; i--) {
                merge(backwards.get(i), depth + 1);
            }
        } else {
            throw notHere(value, "only maps can be merged");
        }
    }

    private static String key(Node node) throws MalformedYamlException {
        if (node.getTag().equals(Tag.NULL)) {
            throw notHere(node, "a key is null");
        }
        return value(node).utf8();
    }

    private static SecretBytes value(Node node) throws MalformedYamlException {
        if (!(node instanceof ScalarNode scalar)) {
            throw notHere(node, "a value is no text");
        }
        if (scalar.getTag().equals(Tag.BINARY)) {
            return Decoding.decode(SecretBytes.ofUtf8(scalar.getValue()), DecodingStrategy.Base64)
                    .orElseThrow(() -> notHere(node, "a value is not Base64"));
        }
        return SecretBytes.ofUtf8(GoScalar.text(scalar.getTag(), scalar.getValue()));
    }

    private static MalformedYamlException notHere(Node node, String what) {
        return new MalformedYamlException(
                "line " + (node.getStartMark().getLine() + 1) + ": " + what);
    }

    /** What a plain scalar is, by Go's rules rather than by the library's. */
    private static final class GoResolver extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            if (kind != NodeId.scalar) {
                return super.resolve(kind, value, implicit);
            }
            return implicit ? GoScalar.tag(value) : Tag.STR;
        }
    }
}
