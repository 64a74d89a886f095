package dev.lockstep.sandbox.aws;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The secrets of one account in one region. A change is one step, and seen whole; what was read
 * does not change.
 */
final class Secrets {

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX = 6;

    private final String arnPrefix;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Secret> byName = new LinkedHashMap<>();
    private long sequence;

    /**
     * @param arnPrefix of every secret's ARN, up to its name
     */
    Secrets(String arnPrefix, Clock clock, RandomGenerator random) {
        this.arnPrefix = arnPrefix;
        this.clock = clock;
        this.random = random;
    }

    /** Oldest first. */
    synchronized List<Secret> all() {
        byName.values().removeIf(secret -> secret.isGone(clock.instant()));
        return List.copyOf(byName.values());
    }

    /**
     * @param id name, ARN, or ARN without its random suffix
     */
    synchronized Optional<Secret> find(String id) {
        var name = id.startsWith(arnPrefix) ? id.substring(arnPrefix.length()) : id;
        // By ARN a name that ends like a suffix is ambiguous: the whole ARN wins.
        return Optional.ofNullable(byName.get(withoutSuffix(name)))
                .filter(secret -> secret.arn().equals(id))
                .or(() -> Optional.ofNullable(byName.get(name)))
                .filter(secret -> !secret.isGone(clock.instant()));
    }

    /**
     * Stores a new secret, made from its place in the order and its ARN; or leaves the one of that
     * name as it is.
     *
     * @param check refuses what is there already by throwing
     */
    synchronized Secret create(String name, Consumer<Secret> check, NewSecret maker) {
        var existing = find(name);
        if (existing.isPresent()) {
            check.accept(existing.get());
            return existing.get();
        }
        var secret = maker.make(sequence++, arnPrefix + name + "-" + suffix());
        // One of that name whose time was up leaves its place in the order too.
        byName.remove(name);
        byName.put(name, secret);
        return secret;
    }

    /** Throws {@link AwsError} when there is no such secret. */
    synchronized Secret update(String id, UnaryOperator<Secret> change) {
        var secret = change.apply(find(id).orElseThrow(AwsError::noSuchSecret));
        byName.put(secret.name(), secret);
        return secret;
    }

    synchronized void remove(Secret secret) {
        byName.remove(secret.name());
    }

    private static String withoutSuffix(String name) {
        var end = name.length() - SUFFIX - 1;
        return end > 0 && name.charAt(end) == '-' ? name.substring(0, end) : name;
    }

    private String suffix() {
        var suffix = new StringBuilder();
        for (var i = 0; i < SUFFIX; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    interface NewSecret {
        Secret make(long sequence, String arn);
    }
}
