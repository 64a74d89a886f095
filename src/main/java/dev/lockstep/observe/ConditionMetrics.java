package dev.lockstep.observe;

import dev.lockstep.api.Condition;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The families that ESO's alerts use: {@code externalsecret_status_condition} and its like,
 * labelled by name, namespace, condition and status, 1 for the status that holds. Kept as plain
 * conditions and turned into samples when scraped, for a gauge of each would cost more than the
 * object itself.
 */
public final class ConditionMetrics extends Collector {
    private static final List<String> LABELS = List.of("name", "namespace", "condition", "status");
    private static final List<String> STATUSES = List.of("True", "False");

    private final Map<String, Map<Key, List<Condition>>> kinds = new ConcurrentHashMap<>();

    private record Key(String namespace, String name) {}

    /**
     * @param kind such as {@code ExternalSecret}
     * @param namespace empty for a cluster-scoped object
     */
    public void set(String kind, String namespace, String name, List<Condition> conditions) {
        kinds.computeIfAbsent(kind, any -> new ConcurrentHashMap<>())
                .put(new Key(namespace, name), conditions);
    }

    /** The object is gone, or another operator's. */
    public void remove(String kind, String namespace, String name) {
        kinds.getOrDefault(kind, Map.of()).remove(new Key(namespace, name));
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var families = new ArrayList<MetricFamilySamples>();
        new TreeMap<>(kinds).forEach((kind, objects) -> families.add(family(kind, objects)));
        return families;
    }

    private static GaugeMetricFamily family(String kind, Map<Key, List<Condition>> objects) {
        var family =
                new GaugeMetricFamily(
                        kind.toLowerCase(Locale.ROOT) + "_status_condition",
                        "Conditions of each " + kind + ": 1 for the status that holds",
                        LABELS);
        objects.forEach(
                (object, conditions) -> {
                    for (var condition : conditions) {
                        for (var status : STATUSES) {
                            family.addMetric(
                                    List.of(
                                            object.name,
                                            object.namespace,
                                            condition.type(),
                                            status),
                                    condition.status().equals(status) ? 1 : 0);
                        }
                    }
                });
        return family;
    }
}
