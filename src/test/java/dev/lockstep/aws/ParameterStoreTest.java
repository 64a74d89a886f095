package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.api.GoRegexp;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.KmsAccessDenied;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import dev.lockstep.source.SourceFailure.WrongRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** The port onto Parameter Store, over HTTP. */
class ParameterStoreTest {
    private static final RemoteKey DB = new RemoteKey("/app/db");
    private static final RemoteKey ABSENT = new RemoteKey("/app/absent");
    private static final String ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter";

    private final EmbeddedAws aws = EmbeddedAws.start();
    private final AwsFixture fixture =
            new AwsFixture(aws.endpoint().toString(), Map.of()).withKeys();
    private final SecretSource source = open();

    @AfterEach
    void close() {
        fixture.close();
        aws.close();
    }

    @Test
    void aVersion_isTheSame_listed_described_read_andBatched() throws SourceException {
        put("/app/db", "old");
        put("/app/db", "new");
        put("/app/other", "x");

        var described = source.describe(DB).version(RequestedVersion.CURRENT).orElseThrow();
        var read = source.read(DB, RequestedVersion.CURRENT);
        var batch = source.readCurrent(List.of(DB, new RemoteKey("/app/other")));

        assertThat(described.arn()).isEqualTo(ARN + "/app/db");
        assertThat(described.versionId()).startsWith("2@");
        assertThat(read.version()).isEqualTo(described);
        assertThat(read.bytes()).isEqualTo(SecretBytes.ofUtf8("new"));
        assertThat(batch.get(DB).orThrow()).isEqualTo(read);
        assertThat(list().get(0).version(RequestedVersion.CURRENT)).contains(described);
    }

    @Test
    void anArn_namesTheSameParameter() throws SourceException {
        put("/app/db", "x");
        var byArn = new RemoteKey(ARN + "/app/db");

        assertThat(source.describe(byArn)).isEqualTo(source.describe(DB));
        assertThat(source.read(byArn, RequestedVersion.CURRENT))
                .isEqualTo(source.read(DB, RequestedVersion.CURRENT));
        assertThat(aws.calls("GetParameter")).isEqualTo(2);
    }

    @Test
    void aNumber_aLabel_andWhatTheIndexShows_areReadExactly() throws SourceException {
        put("/app/db", "old");
        var old = source.describe(DB).version(RequestedVersion.CURRENT).orElseThrow();
        put("/app/db", "new");
        aws.parameters()
                .labelParameterVersion(r -> r.name("/app/db").parameterVersion(1L).labels("prod"));

        for (var version : List.of("1", "prod")) {
            assertThat(source.read(DB, RequestedVersion.parseOfParameter(version)).version())
                    .isEqualTo(old);
        }
        assertThat(source.read(DB, RequestedVersion.id(old.versionId())).version()).isEqualTo(old);
    }

    @Test
    void aStringList_isReadVerbatim() throws SourceException {
        aws.parameters()
                .putParameter(r -> r.name("/app/db").value("a,b").type(ParameterType.STRING_LIST));

        assertThat(source.read(DB, RequestedVersion.CURRENT).bytes())
                .isEqualTo(SecretBytes.ofUtf8("a,b"));
    }

    @Test
    void aParameterThatIsNotThere_isNotFound_asIsOneThatWasDeleted() {
        put("/app/db", "x");
        aws.parameters().deleteParameter(r -> r.name("/app/db"));

        for (var key : List.of(DB, ABSENT)) {
            var gone = new NotFound(SourceFailure.PARAMETER, key.id(), "eu-central-1");
            assertThat(failure(() -> source.describe(key))).isEqualTo(gone);
            assertThat(failure(() -> source.read(key, RequestedVersion.CURRENT))).isEqualTo(gone);
        }
    }

    @Test
    void aVersionOrLabelThatIsNotThere_isNeverGone() {
        put("/app/db", "x");

        for (var text : List.of("9", "nobody")) {
            var version = RequestedVersion.parseOfParameter(text);
            assertThat(failure(() -> source.read(DB, version)))
                    .isEqualTo(new VersionNotFound(SourceFailure.PARAMETER, "/app/db", version));
        }
    }

    @Test
    void aDenial_namesActionAndResource() {
        put("/app/db", "x");
        var user = "arn:aws:iam::123456789012:user/AKIAKEYS";

        aws.iam().deny("GetParameter", "/app/db");
        assertThat(failure(() -> source.read(DB, RequestedVersion.CURRENT)))
                .isInstanceOfSatisfying(
                        AccessDenied.class,
                        denied -> {
                            assertThat(denied.principal()).isEqualTo(user);
                            assertThat(denied.action()).isEqualTo("ssm:GetParameter");
                            assertThat(denied.resource()).isEqualTo(ARN + "/app/db");
                        });
        aws.iam().deny("DescribeParameters");
        assertThat(failure(() -> source.describe(DB)))
                .extracting(SourceFailure::message)
                .asString()
                .contains("may not ssm:DescribeParameters");
    }

    @Test
    void aKeyThatMayNotDecrypt_isToldApart() {
        put("/app/db", "x");
        aws.iam().denyKms("/app/db");

        assertThat(failure(() -> source.read(DB, RequestedVersion.CURRENT)))
                .isInstanceOfSatisfying(
                        KmsAccessDenied.class,
                        denied -> assertThat(denied.key()).isEqualTo(DB.id()));
    }

    @Test
    void aBatch_leavesOutWhatOnlyAReadCanTell() throws SourceException {
        put("/app/db", "x");

        assertThat(source.readCurrent(List.of(DB, ABSENT))).containsOnlyKeys(DB);
    }

    @Test
    void aDeniedKey_doesNotKeepTheOthersOutOfTheBatch() throws SourceException {
        put("/app/db", "x");
        put("/app/denied", "x");
        aws.iam().deny("GetParameters", "/app/denied");

        assertThat(source.readCurrent(List.of(DB, new RemoteKey("/app/denied"))))
                .containsOnlyKeys(DB);
        assertThat(aws.calls("GetParameters")).isEqualTo(2);
    }

    @Test
    void batchesDeniedAltogether_areDenied() {
        put("/app/db", "x");
        aws.iam().deny("GetParameters");

        assertThat(failure(() -> source.readCurrent(List.of(DB, new RemoteKey("/app/a")))))
                .extracting(SourceFailure::message)
                .asString()
                .contains("may not ssm:GetParameters");
    }

    @Test
    void aKeyOfAnotherRegion_isRefusedBeforeAnyCall() {
        var other = new RemoteKey("arn:aws:ssm:us-east-1:123456789012:parameter/app/db");

        assertThat(failure(() -> source.read(other, RequestedVersion.CURRENT)))
                .isEqualTo(new WrongRegion(other.id(), "eu-central-1"));
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void aThousandParameters_areListedByTwentyCalls_andNoValueIsRead() throws SourceException {
        IntStream.range(0, 1000).forEach(i -> put("/app/" + i, "x"));

        assertThat(list()).hasSize(1000);

        assertThat(aws.calls()).isEqualTo(Map.of("DescribeParameters", 20));
    }

    @Test
    void find_takesPathsAsHierarchies_tagsExactly_andNamesByPattern() throws SourceException {
        for (var name : List.of("/app/db", "/app/cache", "/apple/db", "/app/sub/db")) {
            put(name, "x");
        }
        aws.parameters()
                .addTagsToResource(
                        r ->
                                r.resourceType(ResourceTypeForTagging.PARAMETER)
                                        .resourceId("/app/db")
                                        .tags(Tag.builder().key("team").value("a").build()));

        assertThat(found("/app", "db$", Map.of())).containsExactly("/app/db", "/app/sub/db");
        assertThat(found("/app", "", Map.of("team", "a"))).containsExactly("/app/db");
        assertThat(found("", "", Map.of("team", "b"))).isEmpty();
    }

    @Test
    void tags_areReadInPlaceOfTheValue() throws SourceException {
        put("/app/db", "x");
        aws.parameters()
                .addTagsToResource(
                        r ->
                                r.resourceType(ResourceTypeForTagging.PARAMETER)
                                        .resourceId("/app/db")
                                        .tags(Tag.builder().key("team").value("a").build()));

        assertThat(source.read(DB, RequestedVersion.TAGS).bytes())
                .isEqualTo(SecretBytes.ofUtf8("{\"team\":\"a\"}"));
    }

    private List<String> found(String path, String name, Map<String, String> tags)
            throws SourceException {
        var pattern = Optional.of(name).filter(n -> !n.isEmpty()).map(GoRegexp::compile);
        return source.find(new Selector(path, pattern, tags), Optional.empty()).secrets().stream()
                .map(RemoteSecret::name)
                .toList();
    }

    private List<RemoteSecret> list() throws SourceException {
        var all = new ArrayList<RemoteSecret>();
        var next = Optional.<String>empty();
        do {
            var page = source.list(next);
            all.addAll(page.secrets());
            next = page.nextToken();
        } while (next.isPresent());
        return all;
    }

    private void put(String name, String value) {
        aws.parameters()
                .putParameter(
                        r ->
                                r.name(name)
                                        .value(value)
                                        .type(ParameterType.SECURE_STRING)
                                        .overwrite(true));
    }

    private SecretSource open() {
        try {
            var store =
                    Stores.parameterStore(
                            "team-a", "aws", "region: eu-central-1\n" + AwsFixture.KEYS);
            return fixture.sources.open(store, "team-a");
        } catch (SourceException e) {
            throw new AssertionError(e);
        }
    }

    private static SourceFailure failure(ThrowingCallable call) {
        return catchThrowableOfType(SourceException.class, call).failure();
    }
}
