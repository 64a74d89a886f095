package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sync.Generation.Made;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that tell what a Secret carries, written in the same write as its data.
 *
 * <p>Under Owner and Orphan they stand under {@code lockstep.dev/} beside ESO's data-hash. Several
 * ExternalSecrets may merge into one Secret, so there each has its own, under {@code <hash of its
 * name>.lockstep.dev/}, with a data-hash over its own keys.
 */
public final class SecretAnnotations {
    public static final String ESO_DATA_HASH = "reconcile.external-secrets.io/data-hash";
    public static final String CREATED_BY_LABEL = "reconcile.external-secrets.io/created-by";
    public static final String MANAGED_LABEL = "reconcile.external-secrets.io/managed";
    public static final String MANAGED = "true";

    private static final String DOMAIN = "lockstep.dev/";
    private static final int LONGEST_COMPARED = 128;

    private final String prefix;
    private final String dataHash;

    private SecretAnnotations(String prefix, String dataHash) {
        this.prefix = prefix;
        this.dataHash = dataHash;
    }

    /** The names under this policy for the ExternalSecret of this name. */
    public static SecretAnnotations of(CreationPolicy policy, String externalSecret) {
        if (!policy.merges()) {
            return new SecretAnnotations(DOMAIN, ESO_DATA_HASH);
        }
        var own = Fingerprint.of(externalSecret).substring(0, 16) + "." + DOMAIN;
        return new SecretAnnotations(own, own + "data-hash");
    }

    /** True when the annotation is a data-hash that one of several merging ExternalSecrets left. */
    public static boolean isMergedDataHash(String name) {
        return name.endsWith("." + DOMAIN + "data-hash");
    }

    /**
     * True for labels and annotations that tell of the sync, so are never copied from elsewhere.
     */
    public static boolean isBookkeeping(String name) {
        var slash = name.indexOf('/');
        var domain = slash < 0 ? "" : name.substring(0, slash + 1);
        return domain.equals("reconcile.external-secrets.io/")
                || domain.equals(DOMAIN)
                || domain.endsWith("." + DOMAIN);
    }

    public String versions() {
        return prefix + "versions";
    }

    public String inputs() {
        return prefix + "inputs";
    }

    public String revision() {
        return prefix + "revision";
    }

    public String changedAt() {
        return prefix + "changed-at";
    }

    /** When generators made the values. */
    public String generatedAt() {
        return prefix + "generated-at";
    }

    /** When a token among the values is to be renewed. */
    public String renewAt() {
        return prefix + "renew-at";
    }

    public String dataHash() {
        return dataHash;
    }

    /** What the annotations of a Secret say; what is absent or unreadable is empty. */
    public Carried carried(Map<String, String> annotations) {
        return new Carried(
                Optional.ofNullable(annotations.get(versions())),
                Inputs.parse(annotations.get(inputs())),
                Optional.ofNullable(annotations.get(revision())),
                instant(annotations.get(changedAt())),
                Optional.ofNullable(annotations.get(dataHash)),
                instant(annotations.get(generatedAt()))
                        .map(at -> new Made(at, instant(annotations.get(renewAt())))));
    }

    /**
     * The annotations to write.
     *
     * @param before what the Secret said so far
     * @param dataChanged whether this write changes data: only then revision and changed-at move,
     *     for they make workloads restart
     */
    SortedMap<String, String> next(Carried before, Marks marks, boolean dataChanged) {
        var next = new TreeMap<String, String>();
        next.put(versions(), marks.versions());
        next.put(inputs(), marks.inputs().toString());
        if (dataChanged) {
            next.put(revision(), marks.revision());
            next.put(changedAt(), marks.now().toString());
        } else {
            next.put(revision(), before.revision().orElseGet(marks::revision));
            before.changedAt().ifPresent(at -> next.put(changedAt(), at.toString()));
        }
        marks.made()
                .ifPresent(
                        made -> {
                            next.put(generatedAt(), made.at().toString());
                            made.renewAt().ifPresent(at -> next.put(renewAt(), at.toString()));
                        });
        return next;
    }

    /**
     * A form of a label's or annotation's value that tells it from others and is short enough for a
     * cache: ExternalSecrets pass on whole manifests (kubectl's last-applied-configuration).
     */
    public static String compared(String value) {
        return value.length() <= LONGEST_COMPARED ? value : "sha256:" + Fingerprint.of(value);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * What a sync was made of.
     *
     * @param made when generators made values; empty where there is none
     */
    public record Marks(String versions, Inputs inputs, Instant now, Optional<Made> made) {
        public Marks(String versions, Inputs inputs, Instant now) {
            this(versions, inputs, now, Optional.empty());
        }

        String revision() {
            return Fingerprint.of(versions, inputs.hash()).substring(0, 40);
        }
    }

    /** What a Secret says of the sync that wrote it. */
    public record Carried(
            Optional<String> versions,
            Optional<Inputs> inputs,
            Optional<String> revision,
            Optional<Instant> changedAt,
            Optional<String> dataHash,
            Optional<Made> made) {}

    /**
     * What shapes the data, but for versions.
     *
     * @param hash over all but the force-sync annotation
     * @param forceSync hash of the force-sync annotation's value, apart: a key that is gone removes
     *     data only if nothing else changed, and people use force-sync to hurry that
     */
    public record Inputs(String hash, String forceSync) {

        /**
         * @param forceSync the value of {@code external-secrets.io/force-sync}, null when absent
         */
        public static Inputs of(String hash, @Nullable String forceSync) {
            return new Inputs(
                    hash, forceSync == null ? "0" : Fingerprint.of(forceSync).substring(0, 16));
        }

        static Optional<Inputs> parse(@Nullable String text) {
            var dot = text == null ? -1 : text.indexOf('.');
            return text == null || dot < 0
                    ? Optional.empty()
                    : Optional.of(new Inputs(text.substring(0, dot), text.substring(dot + 1)));
        }

        /** Whether the data is shaped as before, whatever force-sync says. */
        public boolean sameButForceSync(Inputs other) {
            return hash.equals(other.hash);
        }

        /** The annotation's value. */
        @Override
        public String toString() {
            return hash + "." + forceSync;
        }
    }
}
