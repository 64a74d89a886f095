package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be done in which namespace. */
class NamespacesPlanTest {
    private static final TenantNamespace ONE = namespace("one", "a", false);
    private static final TenantNamespace TWO = namespace("two", "b", false);
    private static final TenantNamespace GOING = namespace("going", "a", true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} |",
                "{namespaces: [two]} | two",
                "{namespaceSelector: {matchLabels: {team: a}}} | one",
                "{namespaceSelector: {}} | one two",
                "{namespaceSelectors: [{}]} | one two",
                "{namespaceSelectors: [{matchLabels: {team: c}}, {matchLabels: {team: b}}]} | two",
                "{namespaceSelectors: [{matchLabels: {team: a}}], namespaces: [two]} | one two",
                "{namespaceSelectors: [{matchExpressions: [{key: team, operator: NotIn, values: [a]}]}]} | two",
                "{namespaces: [going, missing]} |",
            })
    void isMadeWhereItIsSelected_butNotWhereNothingCanBeMade(String spec, String namespaces) {
        var plan = plan(cluster(spec), List.of());
        assertThat(plan.create())
                .extracting(each -> each.getMetadata().getNamespace())
                .containsExactly(namespaces == null ? new String[0] : namespaces.split(" "));
    }

    @Test
    void asWanted_staysAsItIs() {
        var cluster = cluster("{namespaces: [one]}");
        var plan = plan(cluster, List.of(NamespacesPlan.wanted(cluster, "one")));
        assertThat(plan.inStep()).containsExactly("one");
        assertThat(plan.create()).isEmpty();
        assertThat(plan.update()).isEmpty();
        assertThat(plan.delete()).isEmpty();
    }

    @Test
    void ofAnotherLifeOfItsOwner_isTakenOver() {
        var cluster = cluster("{namespaces: [one]}");
        var there = NamespacesPlan.wanted(cluster, "one");
        there.getMetadata().getOwnerReferences().get(0).setUid("former");
        var plan = plan(cluster, List.of(there));
        assertThat(plan.update()).containsOnlyKeys(there);
    }

    @Test
    void ofNobodyOrSomebodyElse_isTaken() {
        var cluster = cluster("{namespaces: [one, two]}");
        var nobodys = NamespacesPlan.wanted(cluster, "one");
        nobodys.getMetadata().setOwnerReferences(List.of());
        var theirs = NamespacesPlan.wanted(cluster, "two");
        theirs.getMetadata().getOwnerReferences().get(0).setName("other");
        var plan = plan(cluster, List.of(nobodys, theirs));
        assertThat(plan.taken()).containsExactly("one", "two");
        assertThat(plan.update()).isEmpty();
        assertThat(plan.delete()).isEmpty();
    }

    @Test
    void whereItIsNotSelected_orUnderAFormerName_itGoes_butNotWithItsNamespace() {
        var former = NamespacesPlan.wanted(cluster("{externalSecretName: former}"), "one");
        var cluster = cluster("{namespaces: [one]}");
        var unselected = NamespacesPlan.wanted(cluster, "two");
        var going = NamespacesPlan.wanted(cluster, "going");
        var unknown = NamespacesPlan.wanted(cluster, "unknown");
        var plan = plan(cluster, List.of(former, unselected, going, unknown));
        assertThat(plan.delete()).containsExactly(former, unselected);
    }

    @Test
    void forceSync_isHandedOn_andItsAbsence() {
        var cluster =
                cluster(
                        "{externalSecretMetadata: {annotations: {external-secrets.io/force-sync: x, a: b}}}");
        assertThat(NamespacesPlan.wanted(cluster, "one").annotations()).isEqualTo(Map.of("a", "b"));
        cluster.getMetadata().setAnnotations(Map.of(SyncPlan.FORCE_SYNC, "now", "own", "stays"));
        assertThat(NamespacesPlan.wanted(cluster, "one").annotations())
                .isEqualTo(Map.of("a", "b", SyncPlan.FORCE_SYNC, "now"));
    }

    private static NamespacesPlan plan(ClusterExternalSecret cluster, List<ExternalSecret> there) {
        return NamespacesPlan.of(
                cluster,
                List.of(TWO, GOING, ONE),
                there.stream().filter(es -> NamespacesPlan.isOwnedBy(cluster, es)).toList(),
                there.stream()
                        .filter(
                                es ->
                                        es.getMetadata()
                                                .getName()
                                                .equals(cluster.externalSecretName()))
                        .toList());
    }

    private static ClusterExternalSecret cluster(String spec) {
        var cluster = Serialization.unmarshal("spec: " + spec, ClusterExternalSecret.class);
        cluster.setMetadata(new ObjectMetaBuilder().withName("shared").withUid("uid").build());
        return cluster;
    }

    private static TenantNamespace namespace(String name, String team, boolean terminating) {
        return new TenantNamespace(name, Map.of("team", team), terminating);
    }
}
