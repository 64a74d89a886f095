package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The chart's values.yaml and values.schema.json. */
class ChartValuesTest {

    /** Helm gives it to a chart that another depends on; nobody sets it. */
    private static final String GLOBAL = "global";

    @Test
    void everyValue_isInTheSchema() {
        var unknown = new TreeSet<String>();

        collectUnknown("", Chart.values(), Chart.schema(), unknown);

        assertThat(unknown).as("in values.yaml, but not in values.schema.json").isEmpty();
    }

    private static void collectUnknown(
            String at, JsonNode values, JsonNode schema, SortedSet<String> unknown) {
        for (var value : values.properties()) {
            var known = schema.path("properties").path(value.getKey());
            var name = at + value.getKey();
            if (known.has("properties")) {
                collectUnknown(name + ".", value.getValue(), known, unknown);
            } else if (known.isMissingNode()) {
                unknown.add(name);
            }
        }
    }

    /** Deeper down the schema also has fields of Kubernetes' own, which have no default here. */
    @Test
    void everyPropertyOfTheSchema_hasADefault() {
        var expected = names(Chart.schema().path("properties"));
        expected.remove(GLOBAL);

        assertThat(names(Chart.values())).isEqualTo(expected);
    }

    private static SortedSet<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whereTheSchemaNamesProperties_itTakesNoOthers() {
        var open = new TreeSet<String>();

        collectOpen("", Chart.schema(), open);

        assertThat(open).as("without additionalProperties: false").isEmpty();
    }

    private static void collectOpen(String at, JsonNode node, SortedSet<String> open) {
        if (node.path("type").asText().equals("object")
                && node.has("properties")
                && !node.path("additionalProperties").equals(BooleanNode.FALSE)) {
            open.add(at);
        }
        for (var child : node.properties()) {
            collectOpen(at + "/" + child.getKey(), child.getValue(), open);
        }
    }
}
