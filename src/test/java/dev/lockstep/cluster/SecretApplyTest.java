package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sync.DesiredSecretBuilder;
import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.SecretPlan;
import dev.lockstep.sync.WriteFailure;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets into which several write: policies Merge and CreateOrMerge, semantics 18. */
@RealApiServer
class SecretApplyTest {
    private static final String ESO = FieldManager.of("db");

    private final SecretWriter writer;
    private final SecretsApi secrets;
    private final KubernetesClient client;
    private TestNamespace namespace;

    SecretApplyTest(KubernetesClient client) {
        this.client = client;
        this.writer = new SecretWriter(client);
        this.secrets = new SecretsApi(client);
    }

    @BeforeEach
    void newNamespace() {
        namespace = TestNamespace.create(client);
    }

    @Test
    void merge_neverCreates() {
        assertThat(write(merging("db"))).isEqualTo(new WriteResult.Absent());
        assertThat(namespace.secret("db")).isNull();
    }

    @Test
    void createOrMerge_creates() {
        var result = write(merging("db").policy(CreationPolicy.CreateOrMerge));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class, w -> assertThat(w.created()).isTrue());
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "one"));
    }

    @Test
    void anApplyForASecretThatIsGone_failsForItsUid_soNothingIsMade() {
        var gone = namespace.create(aSecret("db", Map.of()));
        client.resource(gone).delete();
        var desired = merging("db").build();
        var plan = (SecretPlan.Apply) SecretPlan.of(desired, Optional.of(LiveSecret.of(gone)));

        assertThatThrownBy(
                        () ->
                                secrets.apply(
                                        SecretBody.apply(Optional.of(gone), desired, plan),
                                        desired.fieldManager(),
                                        false))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(namespace.secret("db")).isNull();
    }

    @Test
    void foreignKeysStay_andADroppedKeyGoes() {
        namespace.create(aSecret("db", Map.of("foreign", "x")));
        write(merging("db").data(Map.of("a", "1", "b", "2")));

        var result = write(merging("db").data(Map.of("b", "2")));

        assertThat(namespace.data("db")).isEqualTo(Map.of("foreign", "x", "b", "2"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class,
                        w -> assertThat(w.changedKeys()).containsExactly("a"));
    }

    @Test
    void asWritten_itIsNotWrittenAgain() {
        namespace.create(aSecret("db", Map.of("foreign", "x")));
        write(merging("db"));
        namespace.edit("db", "foreign", "y");
        var version = namespace.secret("db").getMetadata().getResourceVersion();

        assertThat(write(merging("db"))).isEqualTo(new WriteResult.Unchanged());
        assertThat(namespace.secret("db").getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aKeyOfAnotherExternalSecret_isAConflictNamingBoth_andStays() {
        namespace.create(aSecret("db", Map.of()));
        write(merging("cache").data(Map.of("tls.crt", "theirs")));

        var result = write(merging("db").data(Map.of("tls.crt", "ours")));

        assertThat(result)
                .isEqualTo(
                        new WriteResult.Refused(
                                new WriteFailure(
                                        Reason.TARGET_CONFLICT,
                                        "key tls.crt of Secret "
                                                + namespace.name()
                                                + "/db is written by ExternalSecret cache: give one of the two another key")));
        assertThat(namespace.data("db")).isEqualTo(Map.of("tls.crt", "theirs"));
    }

    @Test
    void aRivalThatCameBetweenReadAndApply_isToldByTheApiServerTheSame() {
        var seen = namespace.create(aSecret("db", Map.of()));
        var desired = merging("db").data(Map.of("tls.crt", "ours")).build();
        var plan = (SecretPlan.Apply) SecretPlan.of(desired, Optional.of(LiveSecret.of(seen)));
        write(merging("cache").data(Map.of("tls.crt", "theirs")));

        var result = new SecretApply(secrets).carryOut(desired, plan, Optional.of(seen));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused ->
                                assertThat(refused.failure().message())
                                        .contains("key tls.crt", "ExternalSecret cache"));
        assertThat(namespace.data("db")).isEqualTo(Map.of("tls.crt", "theirs"));
    }

    @Test
    void aKeyThatAPersonChanged_isTakenBackByForce() {
        namespace.create(aSecret("db", Map.of("foreign", "x")));
        write(merging("db"));
        namespace.edit("db", "password", "tampered");

        write(merging("db"));

        assertThat(namespace.data("db")).isEqualTo(Map.of("foreign", "x", "password", "one"));
    }

    @Test
    void whatEsoWroteByUpdate_becomesApplied_soThatADroppedKeyGoes() {
        var eso = aSecret("db", Map.of("a", "1", "b", "2"));
        secrets.create(
                eso.editMetadata().withNamespace(namespace.name()).endMetadata().build(), ESO);

        write(merging("db").data(Map.of("b", "2")));

        assertThat(namespace.data("db")).isEqualTo(Map.of("b", "2"));
        assertThat(namespace.secret("db").getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals(ESO))
                .extracting(ManagedFieldsEntry::getOperation)
                .containsExactly("Apply");
    }

    @Test
    void whatEsoMergedAsItShallBe_isAdoptedByOneWriteOfMetadata() {
        var foreign = namespace.create(aSecret("db", Map.of("foreign", "x")));
        var merged =
                secrets.update(
                        new SecretBuilder(foreign)
                                .addToData("password", "b25l")
                                .editMetadata()
                                .addToAnnotations(SecretAnnotations.ESO_DATA_HASH, "of both keys")
                                .endMetadata()
                                .build(),
                        ESO);

        write(merging("db"));

        var adopted = namespace.secret("db");
        assertThat(writesSince(merged)).isEqualTo(1);
        assertThat(adopted.getData()).isEqualTo(merged.getData());
        assertThat(adopted.getMetadata().getAnnotations())
                .doesNotContainKey(SecretAnnotations.ESO_DATA_HASH);
        assertThat(write(merging("db"))).isEqualTo(new WriteResult.Unchanged());

        write(merging("db").data(Map.of("new", "key")));

        assertThat(namespace.data("db")).isEqualTo(Map.of("foreign", "x", "new", "key"));
    }

    /** As the API server kept them for watches; one more Secret ends them. */
    private long writesSince(Secret secret) {
        var seen = new CopyOnWriteArrayList<String>();
        namespace.create(aSecret("last", Map.of()));
        var watcher =
                new Watcher<Secret>() {
                    @Override
                    public void eventReceived(Action action, Secret changed) {
                        seen.add(changed.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                };
        var since =
                client.secrets()
                        .inNamespace(namespace.name())
                        .withResourceVersion(secret.getMetadata().getResourceVersion());
        try (var watch = since.watch(watcher)) {
            assertThat(watch).isNotNull();
            await().until(() -> seen.contains("last"));
        }
        return seen.size() - 1L;
    }

    @Test
    void aKeyOfTheRightValueThatIsSomebodyElses_becomesOurs() {
        namespace.create(aSecret("db", Map.of("password", "one", "b", "2")));
        var live = namespace.secret("db");
        secrets.update(
                new SecretBuilder(live)
                        .editMetadata()
                        .addToAnnotations("of", "eso")
                        .endMetadata()
                        .build(),
                ESO);

        write(merging("db"));

        assertThat(write(merging("db"))).isEqualTo(new WriteResult.Unchanged());
    }

    @Test
    void aSecretThatMovedBeforeItsFieldsBecameApplied_isPlannedAnew() {
        var eso = aSecret("db", Map.of("a", "1", "b", "2"));
        var seen =
                secrets.create(
                        eso.editMetadata().withNamespace(namespace.name()).endMetadata().build(),
                        ESO);
        var desired = merging("db").data(Map.of("b", "2")).build();
        var plan = (SecretPlan.Apply) SecretPlan.of(desired, Optional.of(LiveSecret.of(seen)));
        namespace.edit("db", "foreign", "x");

        var apply = new SecretApply(secrets);

        assertThatThrownBy(() -> apply.carryOut(desired, plan, Optional.of(seen)))
                .isInstanceOf(SecretMoved.class);
        assertThat(namespace.data("db")).isEqualTo(Map.of("a", "1", "b", "2", "foreign", "x"));
    }

    @Test
    void anOwnerReferenceThatAnotherManagerRestored_goesUnderMerge() {
        var ours = merging("db").policy(CreationPolicy.Owner).build();
        var restored =
                SecretBody.create(ours, (SecretPlan.Create) SecretPlan.of(ours, Optional.empty()));
        secrets.create(restored, "velero");

        write(merging("db"));

        assertThat(namespace.secret("db").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(write(merging("db"))).isEqualTo(new WriteResult.Unchanged());
    }

    @Test
    void fromOwnerToMergeAndBack_ownershipOfKeysIsKept() {
        write(merging("db").policy(CreationPolicy.Owner).data(Map.of("a", "1", "b", "2")));

        write(merging("db").data(Map.of("b", "2")));
        assertThat(namespace.data("db")).isEqualTo(Map.of("b", "2"));
        assertThat(namespace.secret("db").getMetadata().getOwnerReferences()).isEmpty();

        write(merging("db").policy(CreationPolicy.Owner).data(Map.of("b", "3", "c", "4")));
        write(merging("db").data(Map.of("c", "4")));
        assertThat(namespace.data("db")).isEqualTo(Map.of("c", "4"));
    }

    @Test
    void takingOverByMetadataAlone_keepsOurKeysAndTheirValues() {
        var eso = aSecret("db", Map.of("a", "1"));
        secrets.create(
                eso.editMetadata().withNamespace(namespace.name()).endMetadata().build(), ESO);
        namespace.edit("db", "foreign", "x");

        var result = write(merging("db").withoutData());
        write(merging("db").data(Map.of("c", "3")));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class, w -> assertThat(w.metadataOnly()).isTrue());
        assertThat(namespace.data("db")).isEqualTo(Map.of("c", "3", "foreign", "x"));
    }

    @Test
    void aSecretMadeWithAType_keepsItAtTheNextApply() {
        var first = merging("db").policy(CreationPolicy.CreateOrMerge).type("example.org/t");
        write(first);

        var result = write(merging("db").data(Map.of("password", "two")));

        assertThat(result).isInstanceOf(WriteResult.Written.class);
        assertThat(namespace.secret("db").getType()).isEqualTo("example.org/t");
    }

    @Test
    void immutable_isKeptOnceSet() {
        write(merging("db").policy(CreationPolicy.CreateOrMerge).immutable());

        var result =
                write(
                        merging("db")
                                .policy(CreationPolicy.CreateOrMerge)
                                .labels(Map.of("app", "x")));

        assertThat(result).isInstanceOf(WriteResult.Written.class);
        assertThat(namespace.secret("db").getImmutable()).isTrue();
    }

    private DesiredSecretBuilder merging(String externalSecret) {
        return aDesiredSecret()
                .in(namespace.name())
                .of(externalSecret(externalSecret, "uid-of-" + externalSecret))
                .policy(CreationPolicy.Merge);
    }

    private WriteResult write(DesiredSecretBuilder desired) {
        return writer.write(desired.build(), Optional.empty());
    }
}
