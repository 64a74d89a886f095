package dev.lockstep.watch;

import dev.lockstep.api.AwsService;
import dev.lockstep.source.Identity;
import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import dev.lockstep.source.Tags;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in memory, with every call recorded. ListSecrets shows the secrets as they are, or as
 * they were at {@link #freezeList}.
 */
final class FakeAccount implements SecretSource {
    static final String REGION = "eu-west-1";

    /** A call and the key it named; empty for ListSecrets. */
    record Call(String operation, String key) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();

    private final Identity identity;
    private final Map<String, RemoteSecret> secrets = new TreeMap<>();
    private final Map<String, SourceFailure> failures = new HashMap<>();
    private @Nullable Map<String, RemoteSecret> frozen;
    private Function<String, Runnable> before = operation -> () -> {};
    private int pageSize = 100;
    private boolean listShowsTags = true;
    private int made;

    FakeAccount() {
        this("account");
    }

    FakeAccount(String name) {
        identity =
                new Identity(
                        new Identity.Credentials.CredentialSecrets(
                                List.of(
                                        new Identity.SecretKey(
                                                new Identity.ObjectVersion(name, "1"), "id"))),
                        List.of(),
                        AwsService.SecretsManager,
                        REGION,
                        "");
    }

    static RemoteKey key(int number) {
        return new RemoteKey("secret-%05d".formatted(number));
    }

    FakeAccount withSecrets(int count) {
        for (var i = 0; i < count; i++) {
            create(key(i).id());
        }
        return this;
    }

    FakeAccount withPageSize(int size) {
        pageSize = size;
        return this;
    }

    synchronized void create(String name) {
        create(name, Map.of());
    }

    synchronized void create(String name, Map<String, String> tags) {
        var arn = "arn:aws:secretsmanager:%s:1:secret:%s-%06d".formatted(REGION, name, made++);
        put(
                new RemoteSecret(arn, name, labels("v1"), null, null, null, null, false, null)
                        .withTags(Tags.of(tags)));
    }

    synchronized void tag(String name, Map<String, String> tags) {
        put(secrets.get(name).withTags(Tags.of(tags)));
    }

    /** ListSecrets tells no tags, as DescribeParameters does not. */
    FakeAccount withoutTagsInLists() {
        listShowsTags = false;
        return this;
    }

    synchronized void put(RemoteSecret secret) {
        secrets.put(secret.name(), secret);
    }

    synchronized void delete(String name) {
        secrets.remove(name);
    }

    /** AWSCURRENT moves to {@code version}. */
    synchronized void rotate(String name, String version) {
        var was = secrets.get(name);
        put(
                new RemoteSecret(
                        was.arn(),
                        name,
                        labels(version),
                        null,
                        null,
                        null,
                        null,
                        false,
                        was.deletionDate(),
                        was.tags()));
    }

    synchronized void markForDeletion(String name, Instant at) {
        var was = secrets.get(name);
        put(
                new RemoteSecret(
                                was.arn(),
                                name,
                                was.versionsByLabel(),
                                null,
                                null,
                                null,
                                null,
                                false,
                                at)
                        .withTags(was.tags()));
    }

    /** From now on ListSecrets shows what is there now. */
    synchronized void freezeList() {
        frozen = new TreeMap<>(secrets);
    }

    /** From now on ListSecrets shows what is there now, but for this. */
    synchronized void freezeList(String without) {
        freezeList();
        frozen.remove(without);
    }

    synchronized void thawList() {
        frozen = null;
    }

    /**
     * @param call an operation, or an operation and a key as in {@code DescribeSecret secret-00001}
     */
    void fail(String call, SourceFailure failure) {
        failures.put(call, failure);
    }

    void mend(String call) {
        failures.remove(call);
    }

    static SourceFailure denied(String operation) {
        return new SourceFailure.AccessDenied("role/r", "secretsmanager:" + operation, "*");
    }

    /** What happens while a call of that name is under way, or after it was answered. */
    void during(String operation, Runnable action) {
        before = name -> name.equals(operation) ? action : () -> {};
    }

    /** What happens while any call is under way. */
    void duringAll(Runnable action) {
        before = operation -> action;
    }

    long count(String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).count();
    }

    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public ListPage list(Optional<String> nextToken) throws SourceException {
        made("ListSecrets", "");
        return shown(page(secret -> true, nextToken));
    }

    @Override
    public boolean listShowsTags() {
        return listShowsTags;
    }

    @Override
    public ListPage find(Selector selector, Optional<String> nextToken) throws SourceException {
        made("ListSecrets", selector.toString());
        return shown(page(secret -> matches(selector, secret), nextToken));
    }

    private ListPage shown(ListPage page) {
        return listShowsTags
                ? page
                : new ListPage(
                        page.secrets().stream().map(secret -> secret.withTags(null)).toList(),
                        page.nextToken());
    }

    private ListPage page(Predicate<RemoteSecret> wanted, Optional<String> nextToken) {
        synchronized (this) {
            var all = (frozen == null ? secrets : frozen).values().stream().filter(wanted).toList();
            var from = nextToken.map(Integer::parseInt).orElse(0);
            var to = Math.min(all.size(), from + pageSize);
            var more = to < all.size();
            return new ListPage(
                    all.subList(from, to), more ? Optional.of("" + to) : Optional.empty());
        }
    }

    @Override
    public RemoteSecret describe(RemoteKey key) throws SourceException {
        made("DescribeSecret", key.id());
        return found(key);
    }

    @Override
    public RemoteSecret describeTagged(RemoteKey key) throws SourceException {
        return describe(key);
    }

    @Override
    public RemoteValue read(RemoteKey key, RequestedVersion version) throws SourceException {
        if (version.isTags()) {
            var secret = describe(key);
            return Objects.requireNonNull(secret.tags()).valueOf(secret.arn());
        }
        made("GetSecretValue", key.id());
        return value(key, version);
    }

    @Override
    public Map<RemoteKey, SourceResult<RemoteValue>> readCurrent(Collection<RemoteKey> keys)
            throws SourceException {
        made("BatchGetSecretValue", String.join(",", keys.stream().map(RemoteKey::id).toList()));
        var results = new LinkedHashMap<RemoteKey, SourceResult<RemoteValue>>();
        for (var key : keys) {
            try {
                results.put(key, new SourceResult.Found<>(value(key, RequestedVersion.CURRENT)));
            } catch (SourceException e) {
                results.put(key, new SourceResult.Failed<>(e));
            }
        }
        before.apply("BatchGetSecretValue answered").run();
        return results;
    }

    /** What is behind a label just now, without a call. */
    synchronized Optional<RemoteVersion> versionOf(RemoteKey key, RequestedVersion version) {
        return Optional.ofNullable(secrets.get(key.id())).flatMap(s -> s.version(version));
    }

    private synchronized RemoteValue value(RemoteKey key, RequestedVersion version)
            throws SourceException {
        var secret = found(key);
        var known = version.byId() ? secret.versionsByLabel().containsValue(version.name()) : true;
        var found = secret.version(version).filter(v -> known);
        if (found.isEmpty()) {
            throw new SourceException(new SourceFailure.VersionNotFound(key.id(), version));
        }
        var text = "value of " + key + " at " + found.get().versionId();
        return new RemoteValue(found.get(), SecretBytes.ofUtf8(text));
    }

    private synchronized RemoteSecret found(RemoteKey key) throws SourceException {
        return secrets.values().stream()
                .filter(secret -> secret.isNamedBy(key))
                .findFirst()
                .orElseThrow(
                        () -> new SourceException(new SourceFailure.NotFound(key.id(), REGION)));
    }

    private void made(String operation, String key) throws SourceException {
        calls.add(new Call(operation, key));
        before.apply(operation).run();
        for (var call : List.of(operation, operation + " " + key)) {
            if (failures.containsKey(call)) {
                throw new SourceException(failures.get(call));
            }
        }
    }

    private static Map<String, String> labels(String current) {
        return Map.of("AWSCURRENT", current, "AWSPREVIOUS", "before-" + current);
    }
}
