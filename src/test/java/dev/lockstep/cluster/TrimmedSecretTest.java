package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the cache of target Secrets keeps, and that it is enough. */
class TrimmedSecretTest {
    private static final String CANARY = "canary-0d52";
    private static final String OURS = FieldManager.of("db");

    private final Secret whole =
            aSecret("db", Map.of("password", CANARY))
                    .withType("Opaque")
                    .withImmutable(true)
                    .editMetadata()
                    .withNamespace("team")
                    .withUid("uid-of-secret")
                    .withResourceVersion("7")
                    .addToLabels("app", "db")
                    .addToAnnotations("long", CANARY.repeat(20))
                    .addToAnnotations("lockstep.dev/versions", "v1")
                    .addNewOwnerReference()
                    .withApiVersion("external-secrets.io/v1")
                    .withKind("ExternalSecret")
                    .withName("db")
                    .withUid("uid-of-db")
                    .withController(true)
                    .endOwnerReference()
                    .addNewOwnerReference()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName("other")
                    .withUid("u")
                    .endOwnerReference()
                    .addNewManagedField()
                    .withManager(OURS)
                    .withOperation("Update")
                    .withNewFieldsV1()
                    .addToAdditionalProperties("f:data", Map.of("f:password", Map.of()))
                    .addToAdditionalProperties(
                            "f:metadata",
                            Map.of(
                                    "f:labels",
                                    Map.of("f:app", Map.of()),
                                    "f:annotations",
                                    Map.of("f:lockstep.dev/versions", Map.of())))
                    .endFieldsV1()
                    .endManagedField()
                    .addNewManagedField()
                    .withManager("kubectl-edit")
                    .withOperation("Update")
                    .endManagedField()
                    .endMetadata()
                    .build();

    @Test
    void noValueIsKept() {
        var kept = new KubernetesSerialization().asJson(TrimmedSecret.trim(whole));

        assertThat(kept)
                .contains("uid-of-secret")
                .doesNotContain(CANARY, TestNamespace.base64(CANARY), "managedFields");
    }

    @Test
    void itIsKnownByWhatItIs() {
        var target = TrimmedSecret.target(TrimmedSecret.trim(whole));

        assertThat(target)
                .returns("team", TargetSecret::namespace)
                .returns("db", TargetSecret::name)
                .returns("uid-of-secret", TargetSecret::uid)
                .returns("7", TargetSecret::resourceVersion)
                .returns("Opaque", TargetSecret::type)
                .returns(true, TargetSecret::immutable)
                .returns(ObjectHash.ofData(LiveSecret.data(whole)), TargetSecret::dataHash)
                .returns(Map.of("app", "db"), TargetSecret::labels)
                .returns(Map.of(), TargetSecret::digests);
        assertThat(target.controller()).contains(externalSecret("db", "uid-of-db"));
        assertThat(target.managers())
                .isEqualTo(
                        Map.of(
                                OURS,
                                new TargetSecret.Owned(Set.of("app"), Set.of(), Set.of(), "")));
    }

    @Test
    void aLiveRead_knowsKeysAndDigestsToo() {
        var target = LiveSecret.of(whole);

        assertThat(target.digests()).containsOnlyKeys("password");
        assertThat(target.ownedBy(OURS).keys()).containsExactly("password");
        assertThat(target.ownedBy(OURS).annotations()).containsExactly("lockstep.dev/versions");
        assertThat(target.managers()).containsOnlyKeys(OURS);
    }

    @Test
    void whereExternalSecretsMerge_theHashOfEachOnesKeysIsKept() {
        var names = aDesiredSecret().policy(CreationPolicy.Merge).build().annotationNames();
        var hash = ObjectHash.ofData(LiveSecret.data(whole));
        var merged =
                new SecretBuilder(whole)
                        .editMetadata()
                        .addToAnnotations(names.dataHash(), hash)
                        .endMetadata()
                        .build();

        assertThat(TrimmedSecret.target(merged).dataIsAsWritten(CreationPolicy.Merge, "db"))
                .isTrue();
    }

    @Test
    void indexesAndMappers_seeLabelsAndAnnotations() {
        var metadata = TrimmedSecret.trim(whole).getMetadata();

        assertThat(metadata.getLabels()).containsEntry("app", "db");
        assertThat(metadata.getAnnotations()).containsEntry("lockstep.dev/versions", "v1");
    }

    @Test
    void whatIsTrimmed_staysAsItIs() {
        var trimmed = TrimmedSecret.trim(whole);

        assertThat(TrimmedSecret.trim(trimmed)).isSameAs(trimmed);
    }

    @Test
    void anEmptySecret_hasTheHashOfNothing() {
        var empty = aSecret("db", Map.of()).withData(null).build();

        assertThat(LiveSecret.of(empty).dataHash()).isEqualTo(ObjectHash.ofData(Map.of()));
        assertThat(LiveSecret.of(empty).type()).isEqualTo("Opaque");
    }
}
