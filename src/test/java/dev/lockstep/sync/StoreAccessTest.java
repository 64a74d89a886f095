package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreAccessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    []                                                    | team-a    | true
                    [{namespaces: [team-a, team-b]}]                      | team-b    | true
                    [{namespaces: [team-a]}]                              | team-b    | false
                    [{namespaceRegexes: [team-.]}]                        | team-a    | true
                    [{namespaceRegexes: [team-a]}]                        | my-team-ab| false
                    [{namespaceRegexes: [team-a]}]                        | team-ab   | false
                    [{namespaceSelector: {matchLabels: {env: prod}}}]     | team-a    | true
                    [{namespaceSelector: {matchLabels: {env: test}}}]     | team-a    | false
                    [{namespaceSelector: {}}]                             | team-a    | true
                    [{namespaces: [x]}, {namespaceRegexes: ['team-.*']}]  | team-a    | true
                    [{}]                                                  | team-a    | false
                    [{namespaceSelector: {matchExpressions: [{key: env, operator: In, values: [prod, qa]}]}}]  | team-a | true
                    [{namespaceSelector: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}}]   | team-a | false
                    [{namespaceSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [prod]}]}}]  | team-a | true
                    [{namespaceSelector: {matchExpressions: [{key: env, operator: Exists}]}}]                  | team-a | true
                    [{namespaceSelector: {matchExpressions: [{key: env, operator: DoesNotExist}]}}]            | team-a | false
                    [{namespaceSelector: {matchExpressions: [{key: env, operator: Like, values: [prod]}]}}]    | team-a | false
                    """)
    void conditions_sayWhichNamespacesMayUseAClusterSecretStore(
            String conditions, String namespace, boolean allowed) {
        var store =
                Serialization.unmarshal(
                        "metadata: {name: aws}\nspec: {conditions: " + conditions + "}",
                        ClusterSecretStore.class);
        assertThat(StoreAccess.allows(store, namespace, Map.of("env", "prod"))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"apps, true", "other, false"})
    void aSecretStore_servesItsOwnNamespace(String namespace, boolean allowed) {
        var store =
                Serialization.unmarshal(
                        "metadata: {name: aws, namespace: apps}", SecretStore.class);
        assertThat(StoreAccess.allows(store, namespace, Map.of())).isEqualTo(allowed);
    }

    @Test
    void aForeignConditionOfTheStatus_isNotLookedAt() {
        var store =
                Serialization.unmarshal(
                        "metadata: {name: aws}\nspec: {conditions: [{namespaces: [a]}]}\n"
                                + "status: {conditions: [{type: Ready, status: 'True'}]}",
                        ClusterSecretStore.class);
        assertThat(StoreAccess.allows(store, "b", Map.of())).isFalse();
    }
}
