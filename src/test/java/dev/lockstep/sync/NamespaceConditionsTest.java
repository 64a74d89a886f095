package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceConditionsTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Map<String, String> LABELS = Map.of("team", "red", "stage", "prod");

    /** The namespace is {@code team-a}, its labels are {@link #LABELS}. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "[] => true",
                "[{}] => false",
                // names
                "[{namespaces: [other, team-a]}] => true",
                "[{namespaces: [team]}] => false",
                // whole names
                "[{namespaceRegexes: ['team-.']}] => true",
                "[{namespaceRegexes: ['x', 't.*']}] => true",
                "[{namespaceRegexes: ['team']}] => false",
                "[{namespaceRegexes: ['a']}] => false",
                "[{namespaceRegexes: ['x|team-a']}] => true",
                "[{namespaceRegexes: ['team-a|x']}] => true",
                "[{namespaceRegexes: ['^team-a$']}] => true",
                // what does not compile admits nobody
                "[{namespaceRegexes: ['(']}] => false",
                "[{namespaceRegexes: ['(', 'team-a']}] => true",
                // labels
                "[{namespaceSelector: {}}] => true",
                "[{namespaceSelector: {matchLabels: {team: red}}}] => true",
                "[{namespaceSelector: {matchLabels: {team: red, stage: prod}}}] => true",
                "[{namespaceSelector: {matchLabels: {team: red, stage: test}}}] => false",
                "[{namespaceSelector: {matchLabels: {owner: a}}}] => false",
                "[{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [red]}]}}]"
                        + " => true",
                "[{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [blue]}]}}]"
                        + " => false",
                "[{namespaceSelector: {matchExpressions: [{key: owner, operator: In, values: [a]}]}}]"
                        + " => false",
                "[{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [red]}]}}]"
                        + " => false",
                "[{namespaceSelector: {matchExpressions: [{key: owner, operator: NotIn, values: [a]}]}}]"
                        + " => true",
                "[{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}] => true",
                "[{namespaceSelector: {matchExpressions: [{key: owner, operator: Exists}]}}] => false",
                "[{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}]"
                        + " => false",
                "[{namespaceSelector: {matchExpressions: [{key: owner, operator: DoesNotExist}]}}]"
                        + " => true",
                "[{namespaceSelector: {matchExpressions: [{key: owner, operator: Near}]}}] => false",
                "[{namespaceSelector: {matchLabels: {team: red}, matchExpressions:"
                        + " [{key: stage, operator: DoesNotExist}]}}] => false",
                // one that holds is enough, within a condition and among them
                "[{namespaces: [other], namespaceRegexes: ['team-.']}] => true",
                "[{namespaces: [team-a], namespaceSelector: {matchLabels: {team: blue}}}] => true",
                "[{namespaces: [other]}, {namespaceSelector: {matchLabels: {team: red}}}] => true",
                "[{namespaces: [other]}, {namespaceRegexes: [third]}] => false",
            })
    void namespace_isAdmittedByAnyConditionOrByNone(String conditions, boolean admitted) {
        var store =
                SERIALIZATION.unmarshal(
                        "---\n{metadata: {name: a}, spec: {conditions: " + conditions + "}}",
                        ClusterSecretStore.class);

        assertThat(NamespaceConditions.admit(store.spec().conditions(), "team-a", LABELS))
                .isEqualTo(admitted);
    }
}
