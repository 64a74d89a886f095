package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static dev.lockstep.sync.SecretAnnotations.CREATED_BY_LABEL;
import static dev.lockstep.sync.SecretAnnotations.ESO_DATA_HASH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sync.DesiredSecretBuilder;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.TargetSecret;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets that are ours as a whole: policies Owner and Orphan, semantics 17. */
@RealApiServer
class SecretWriterTest {
    private final KubernetesClient client;
    private final SecretWriter writer;
    private TestNamespace namespace;

    SecretWriterTest(KubernetesClient client) {
        this.client = client;
        this.writer = new SecretWriter(client);
    }

    @BeforeEach
    void newNamespace() {
        namespace = TestNamespace.create(client);
    }

    @Test
    void anAbsentSecret_isMade_withItsOwnerAndItsMarks() {
        var result = write(desired().type("kubernetes.io/basic-auth").immutable());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class,
                        written -> {
                            assertThat(written.created()).isTrue();
                            assertThat(written.changedKeys()).containsExactly("password");
                        });
        var secret = namespace.secret("db");
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "one"));
        assertThat(secret.getType()).isEqualTo("kubernetes.io/basic-auth");
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getMetadata().getLabels())
                .containsEntry(
                        CREATED_BY_LABEL, ObjectHash.ofExternalSecret(namespace.name(), "db"));
        assertThat(secret.getMetadata().getAnnotations())
                .containsEntry("lockstep.dev/versions", "v1")
                .containsEntry(ESO_DATA_HASH, ObjectHash.ofData(LiveSecret.data(secret)));
        assertThat(secret.getMetadata().getOwnerReferences())
                .singleElement()
                .isEqualTo(controller("ExternalSecret", "db", "uid-of-db"));
        assertThat(secret.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(
                        entry ->
                                assertThat(entry.getManager())
                                        .isEqualTo("externalsecrets.external-secrets.io/db"));
    }

    @Test
    void asWritten_itIsNotWrittenAgain() {
        write(desired());
        var version = namespace.secret("db").getMetadata().getResourceVersion();

        assertThat(write(desired())).isEqualTo(new WriteResult.Unchanged());
        assertThat(namespace.secret("db").getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aSecretThatTheCacheDoesNotShow_isAdopted_andKeepsWhatIsForeign() {
        var foreign = controller("ConfigMap", "other", "uid-of-other");
        foreign.setController(false);
        namespace.create(
                aSecret("db", Map.of("password", "old", "stale", "x"))
                        .editMetadata()
                        .addToLabels("team", "a")
                        .addToAnnotations("note", "b")
                        .addToFinalizers("example.org/keep")
                        .addToOwnerReferences(foreign)
                        .endMetadata());

        var result = writer.write(desired().build(), Optional.empty());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class,
                        written -> {
                            assertThat(written.created()).isFalse();
                            assertThat(written.changedKeys()).containsExactly("password", "stale");
                        });
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "one"));
        var metadata = namespace.secret("db").getMetadata();
        assertThat(metadata.getLabels()).containsEntry("team", "a");
        assertThat(metadata.getAnnotations()).containsEntry("note", "b");
        assertThat(metadata.getFinalizers()).containsExactly("example.org/keep");
        assertThat(metadata.getOwnerReferences())
                .containsExactly(foreign, controller("ExternalSecret", "db", "uid-of-db"));
    }

    @Test
    void labelsWeNoLongerSet_go() {
        write(desired().labels(Map.of("old", "1")).annotations(Map.of("old", "1")));

        write(desired());

        assertThat(namespace.secret("db").getMetadata().getLabels()).doesNotContainKey("old");
        assertThat(namespace.secret("db").getMetadata().getAnnotations()).doesNotContainKey("old");
    }

    @Test
    void takingOverByMetadataAlone_leavesDataAndTypeAsTheyAre() {
        namespace.create(
                aSecret("db", Map.of("password", "kept")).withType("example.org/own-type"));

        var result = write(desired().withoutData());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class,
                        written -> assertThat(written.metadataOnly()).isTrue());
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "kept"));
        assertThat(namespace.secret("db").getType()).isEqualTo("example.org/own-type");
    }

    @Test
    void anEarlierLifesOwnerReference_isReplaced() {
        write(desired());

        write(desired().of(externalSecret("db", "uid-of-its-next-life")));

        assertThat(namespace.secret("db").getMetadata().getOwnerReferences())
                .containsExactly(controller("ExternalSecret", "db", "uid-of-its-next-life"));
    }

    @Test
    void fromOwnerToOrphan_ownerAndLabelGo() {
        write(desired());

        write(desired().policy(CreationPolicy.Orphan));

        assertThat(namespace.secret("db").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(namespace.secret("db").getMetadata().getLabels())
                .doesNotContainKey(CREATED_BY_LABEL);
    }

    @Test
    void anImmutableSecret_keepsItsDataButTakesLabels() {
        write(desired().immutable());

        var refused = write(desired().immutable().data(Map.of("password", "two")));
        write(desired().immutable().labels(Map.of("app", "x")));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        r -> assertThat(r.failure().reason()).isEqualTo(Reason.TARGET_IMMUTABLE));
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "one"));
        assertThat(namespace.secret("db").getMetadata().getLabels()).containsEntry("app", "x");
    }

    @Test
    void anotherControllersSecret_isNotTouched() {
        var before =
                namespace.create(
                        aSecret("db", Map.of("password", "old"))
                                .editMetadata()
                                .addToOwnerReferences(controller("Deployment", "web", "u"))
                                .endMetadata());

        var result = write(desired());

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        r -> assertThat(r.failure().reason()).isEqualTo(Reason.TARGET_CONFLICT));
        assertThat(namespace.secret("db")).isEqualTo(before);
    }

    @Test
    void ourSecret_isDeleted_andOneThatIsNotOursStays() {
        write(desired());
        namespace.create(aSecret("foreign", Map.of()));

        assertThat(writer.delete(externalSecret("db", "uid-of-db"), namespace.name(), "db"))
                .isEqualTo(new WriteResult.Deleted());
        assertThat(writer.delete(externalSecret("db", "uid-of-db"), namespace.name(), "db"))
                .isEqualTo(new WriteResult.Absent());
        assertThat(writer.delete(externalSecret("db", "uid-of-db"), namespace.name(), "foreign"))
                .isInstanceOf(WriteResult.Refused.class);
        assertThat(namespace.secret("db")).isNull();
        assertThat(namespace.secret("foreign")).isNotNull();
    }

    @Test
    void afterARename_theFormerTargetGoes_butNotALabelledSecretOfAnotherOwner() {
        write(desired().named("former"));
        write(desired().named("current"));
        write(desired().named("given-away"));
        client.resource(namespace.secret("given-away"))
                .edit(
                        s ->
                                new SecretBuilder(s)
                                        .editMetadata()
                                        .withOwnerReferences()
                                        .endMetadata()
                                        .build());

        var failure =
                writer.deleteFormer(externalSecret("db", "uid-of-db"), namespace.name(), "current");

        assertThat(failure).isEmpty();
        assertThat(namespace.secret("former")).isNull();
        assertThat(namespace.secret("current")).isNotNull();
        assertThat(namespace.secret("given-away")).isNotNull();
    }

    @Test
    void theLiveRead_countsAndNotAStaleCache() {
        write(desired());
        var stale = LiveSecret.of(namespace.secret("db"));
        namespace.edit("db", "password", "tampered");

        var result = writer.write(desired().labels(Map.of("a", "b")).build(), Optional.of(stale));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Written.class,
                        written -> assertThat(written.changedKeys()).containsExactly("password"));
        assertThat(namespace.data("db")).isEqualTo(Map.of("password", "one"));
    }

    private DesiredSecretBuilder desired() {
        return aDesiredSecret().in(namespace.name());
    }

    /** With what the informer's cache would show. */
    private WriteResult write(DesiredSecretBuilder desired) {
        var secret = desired.build();
        Optional<TargetSecret> cached =
                Optional.ofNullable(namespace.secret(secret.name()))
                        .map(TrimmedSecret::trim)
                        .map(TrimmedSecret::target);
        return writer.write(secret, cached);
    }

    private static OwnerReference controller(String kind, String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(kind.equals("ExternalSecret") ? "external-secrets.io/v1" : "v1")
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .build();
    }
}
