package dev.lockstep.sandbox.aws;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** All secrets, each where it lives. */
final class Regions {

    private static final Pattern ARN =
            Pattern.compile("arn:[^:]+:secretsmanager:([^:]+):(\\d{12}):secret:.+");

    private final Map<Place, Secrets> secrets = new ConcurrentHashMap<>();
    private final Map<Place, List<Secret>> frozen = new ConcurrentHashMap<>();
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();
    private volatile boolean freezing;

    Regions(Clock clock) {
        this.clock = clock;
    }

    Secrets of(String account, String region) {
        return secrets.computeIfAbsent(new Place(account, region), this::empty);
    }

    /** Where a secret is looked for: an ARN may name another account, but no other region. */
    Secrets of(String account, String region, String id) {
        var arn = ARN.matcher(id);
        return arn.matches() && arn.group(1).equals(region)
                ? of(arn.group(2), region)
                : of(account, region);
    }

    /** The secrets as ListSecrets shows them. */
    List<Secret> listed(String account, String region) {
        var now = of(account, region).all();
        return freezing
                ? frozen.computeIfAbsent(new Place(account, region), place -> List.of())
                : now;
    }

    /** From now on lists stay as they are. */
    void freezeLists() {
        secrets.forEach((place, all) -> frozen.put(place, all.all()));
        freezing = true;
    }

    void thawLists() {
        freezing = false;
        frozen.clear();
    }

    private Secrets empty(Place place) {
        var prefix =
                "arn:%s:secretsmanager:%s:%s:secret:"
                        .formatted(Partition.of(place.region()), place.region(), place.account());
        return new Secrets(prefix, clock, random);
    }

    private record Place(String account, String region) {}
}
