package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionMetricsTest {
    private static final String[] LABELS = {"name", "namespace", "condition", "status"};
    private final ConditionMetrics conditions = new ConditionMetrics();
    private final CollectorRegistry registry = new CollectorRegistry();

    ConditionMetricsTest() {
        registry.register(conditions);
    }

    @Test
    void aCondition_isOneForTheStatusThatHolds_andZeroForTheOther() {
        set("ExternalSecret", "team", "db", "Ready", "True");
        assertThat(sample("externalsecret", "db", "team", "Ready", "True")).isEqualTo(1);
        assertThat(sample("externalsecret", "db", "team", "Ready", "False")).isZero();
    }

    @Test
    void aChangedCondition_replacesTheOneBefore() {
        set("ExternalSecret", "team", "db", "Ready", "True");
        set("ExternalSecret", "team", "db", "Ready", "False");
        assertThat(sample("externalsecret", "db", "team", "Ready", "True")).isZero();
        assertThat(sample("externalsecret", "db", "team", "Ready", "False")).isEqualTo(1);
    }

    @Test
    void eachKind_hasAFamilyOfItsOwn() {
        set("SecretStore", "team", "aws", "Ready", "True");
        set("ClusterSecretStore", "", "aws", "Ready", "False");
        assertThat(sample("secretstore", "aws", "team", "Ready", "True")).isEqualTo(1);
        assertThat(sample("clustersecretstore", "aws", "", "Ready", "False")).isEqualTo(1);
    }

    @Test
    void anObjectThatIsGone_isNoLongerShown() {
        set("ExternalSecret", "team", "db", "Ready", "True");
        set("ExternalSecret", "team", "web", "Ready", "True");
        conditions.remove("ExternalSecret", "team", "db");
        assertThat(sample("externalsecret", "db", "team", "Ready", "True")).isNull();
        assertThat(sample("externalsecret", "web", "team", "Ready", "True")).isEqualTo(1);
    }

    private void set(String kind, String namespace, String name, String type, String status) {
        conditions.set(
                kind, namespace, name, List.of(new Condition(type, status, "Reason", "", null)));
    }

    private Double sample(String kind, String... values) {
        return registry.getSampleValue(kind + "_status_condition", LABELS, values);
    }
}
