package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.api.GoRegexp;
import dev.lockstep.sandbox.Moto;
import dev.lockstep.sandbox.MotoServer;
import dev.lockstep.source.IssuedToken;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.MarkedForDeletion;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import dev.lockstep.source.TokenRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** The same port on an emulator that somebody else wrote. */
@Moto
class MotoTest {
    private final MotoServer moto;
    private final AwsFixture fixture;
    private final SecretsManagerClient admin;

    MotoTest(MotoServer moto) {
        this.moto = moto;
        this.fixture = new AwsFixture(moto.endpoint().toString(), Map.of()).withKeys();
        this.admin =
                SecretsManagerClient.builder()
                        .endpointOverride(moto.endpoint())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("admin", "admin")))
                        .build();
    }

    @BeforeEach
    void empty() {
        moto.reset();
    }

    @AfterEach
    void close() {
        admin.close();
        fixture.close();
    }

    @Test
    void whatMatches_isFoundByNamePathAndWholeTags_pageByPage() throws SourceException {
        for (var i = 0; i < 120; i++) {
            tagged("app/%03d".formatted(i), i % 2 == 0 ? "blue" : "blues");
        }
        tagged("other", "blue");
        var source = open(AwsFixture.KEYS);

        assertThat(found(source, new Selector("", Optional.empty(), Map.of("team", "blue"))))
                .hasSize(61)
                .contains("app/000", "other")
                .doesNotContain("app/001");
        assertThat(found(source, new Selector("app/", Optional.empty(), Map.of()))).hasSize(120);
        var pattern = Optional.of(GoRegexp.compile("1[01]$"));
        assertThat(found(source, new Selector("app/", pattern, Map.of("team", "blue"))))
                .containsExactlyInAnyOrder("app/010", "app/110");
    }

    @Test
    void tags_areReadAsAValue() throws SourceException {
        tagged("app/db", "blue");
        var source = open(AwsFixture.KEYS);

        var read = source.read(new RemoteKey("app/db"), RequestedVersion.TAGS);

        assertThat(read.bytes().utf8()).isEqualTo("{\"team\":\"blue\"}");
        assertThat(source.describeTagged(new RemoteKey("app/db")).version(RequestedVersion.TAGS))
                .contains(read.version());
        assertThat(fails(() -> source.read(new RemoteKey("x"), RequestedVersion.TAGS)).failure())
                .isInstanceOf(NotFound.class);
    }

    private static List<String> found(SecretSource source, Selector selector)
            throws SourceException {
        var names = new ArrayList<String>();
        var token = Optional.<String>empty();
        do {
            var page = source.find(selector, token);
            page.secrets().forEach(secret -> names.add(secret.name()));
            token = page.nextToken();
        } while (token.isPresent());
        return names;
    }

    private void tagged(String name, String team) {
        var tag = Tag.builder().key("team").value(team).build();
        admin.createSecret(r -> r.name(name).secretString("v").tags(tag));
    }

    @Test
    void rotatedSecret_showsItsVersionsInListDescribeAndRead() throws SourceException {
        admin.createSecret(r -> r.name("app/db").secretString("old"));
        var current = admin.putSecretValue(r -> r.secretId("app/db").secretString("new"));
        var source = open(AwsFixture.KEYS);
        var key = new RemoteKey("app/db");

        var described = source.describe(key);
        var listed = source.list(Optional.empty()).secrets();
        var read = source.read(key, RequestedVersion.CURRENT);

        assertThat(described.versionsByLabel())
                .containsEntry("AWSCURRENT", current.versionId())
                .containsKey("AWSPREVIOUS");
        assertThat(listed)
                .singleElement()
                .extracting(RemoteSecret::versionsByLabel)
                .isEqualTo(described.versionsByLabel());
        assertThat(described.version(RequestedVersion.CURRENT)).contains(read.version());
        assertThat(read.bytes()).isEqualTo(SecretBytes.ofUtf8("new"));
        assertThat(source.read(key, RequestedVersion.label("AWSPREVIOUS")).bytes())
                .isEqualTo(SecretBytes.ofUtf8("old"));
        assertThat(source.read(key, RequestedVersion.id(current.versionId()))).isEqualTo(read);
    }

    @Test
    void theRegistry_givesALogin() throws SourceException {
        var token = issue(new TokenRequest.PrivateRegistry());

        assertThat(AwsTokensTest.texts(token))
                .containsEntry("username", "AWS")
                .containsOnlyKeys("username", "password", "proxy_endpoint", "expires_at")
                .containsEntry("expires_at", String.valueOf(token.expiresAt().getEpochSecond()));
    }

    @Test
    void sts_givesASession() throws SourceException {
        var token = issue(new TokenRequest.Session(Optional.of(900), "", ""));

        assertThat(AwsTokensTest.texts(token))
                .containsOnlyKeys(
                        "access_key_id", "secret_access_key", "session_token", "expiration");
        assertThat(token.expiresAt()).isAfter(Instant.now());
    }

    private IssuedToken issue(TokenRequest request) throws SourceException {
        var as = Stores.secretStore("team-a", "token", AwsFixture.KEYS);
        return fixture.sources.issue(as, "team-a", request);
    }

    @Test
    void moreThanAPage_isListedToItsEnd() throws SourceException {
        for (var i = 0; i < 101; i++) {
            var name = "app/" + i;
            admin.createSecret(r -> r.name(name).secretString("x"));
        }
        var source = open(AwsFixture.KEYS);

        var sizes = new ArrayList<Integer>();
        var next = Optional.<String>empty();
        do {
            var page = source.list(next);
            sizes.add(page.secrets().size());
            next = page.nextToken();
        } while (next.isPresent());

        assertThat(sizes).containsExactly(100, 1);
    }

    @Test
    void missingSecret_isNotFound_andMissingVersionIsVersionNotFound() throws SourceException {
        admin.createSecret(r -> r.name("app/db").secretString("x"));
        var source = open(AwsFixture.KEYS);
        var absent = new RemoteKey("app/absent");
        // By id: of a label that is missing, moto says what AWS says of a missing secret.
        var never = RequestedVersion.id("00000000-0000-0000-0000-000000000000");

        assertThat(fails(() -> source.describe(absent)).failure())
                .isEqualTo(new NotFound("app/absent", "eu-west-1"));
        assertThat(fails(() -> source.read(absent, RequestedVersion.CURRENT)).failure())
                .isEqualTo(new NotFound("app/absent", "eu-west-1"));
        assertThat(fails(() -> source.read(new RemoteKey("app/db"), never)).failure())
                .isEqualTo(new VersionNotFound("app/db", never));
    }

    @Test
    void deletedSecret_isMarked_andListedAndDescribedWithItsDate() throws SourceException {
        admin.createSecret(r -> r.name("app/db").secretString("x"));
        admin.deleteSecret(r -> r.secretId("app/db").recoveryWindowInDays(7L));
        var source = open(AwsFixture.KEYS);
        var key = new RemoteKey("app/db");

        assertThat(fails(() -> source.read(key, RequestedVersion.CURRENT)).failure())
                .isEqualTo(new MarkedForDeletion("app/db", null));
        assertThat(source.describe(key).deletionDate()).isNotNull();
        assertThat(source.list(Optional.empty()).secrets())
                .singleElement()
                .extracting(RemoteSecret::deletionDate)
                .isNotNull();
    }

    @Test
    void batch_readsValuesAndTellsFailuresPerKey() throws SourceException {
        var arn = admin.createSecret(r -> r.name("app/a").secretString("1")).arn();
        admin.createSecret(
                r -> r.name("app/b").secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1})));
        var byArn = new RemoteKey(arn);
        var byName = new RemoteKey("app/b");
        var absent = new RemoteKey("app/absent");

        var results = open(AwsFixture.KEYS).readCurrent(List.of(byArn, byName, absent));

        assertThat(results.get(byArn).orThrow().bytes()).isEqualTo(SecretBytes.ofUtf8("1"));
        assertThat(results.get(byName).orThrow().bytes())
                .isEqualTo(SecretBytes.of(new byte[] {0, -1}));
        assertThat(fails(() -> results.get(absent).orThrow()).failure())
                .isEqualTo(new NotFound("app/absent", "eu-west-1"));
    }

    @Test
    void chainOfRoles_readsInAnotherAccount() throws SourceException {
        // moto keeps accounts apart, so what is read shows whose credentials were used.
        var source =
                open(
                        AwsFixture.KEYS
                                + """

                                additionalRoles: ["arn:aws:iam::111111111111:role/hub"]
                                role: arn:aws:iam::222222222222:role/reader
                                externalID: e-1
                                sessionTags: [{key: team, value: a}]
                                transitiveTagKeys: [team]""");
        admin.createSecret(r -> r.name("app/db").secretString("of the operator's account"));

        assertThat(source.list(Optional.empty()).secrets()).isEmpty();
        assertThat(fixture.observed.calls)
                .containsExactly(
                        "STS AssumeRole Success",
                        "STS AssumeRole Success",
                        "SecretsManager ListSecrets Success");
    }

    @Test
    void webIdentity_readsAsTheAccountsRole() throws SourceException {
        fixture.cluster.withIrsaAccount(
                "team-a", "app", "arn:aws:iam::333333333333:role/web-identity");
        admin.createSecret(r -> r.name("app/db").secretString("of another account"));

        var source = open(AwsFixture.JWT);

        assertThat(source.list(Optional.empty()).secrets()).isEmpty();
        assertThat(fixture.observed.calls)
                .containsExactly(
                        "STS AssumeRoleWithWebIdentity Success",
                        "SecretsManager ListSecrets Success");
    }

    private SecretSource open(String aws) throws SourceException {
        return fixture.sources.open(Stores.secretStore("team-a", "aws", aws), "team-a");
    }

    private static SourceException fails(ThrowingCallable call) {
        return catchThrowableOfType(SourceException.class, call);
    }
}
