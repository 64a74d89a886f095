package dev.lockstep.sandbox.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions of a secret, oldest first; a label is on one of them at most. */
record Versions(Map<String, Version> byId) {

    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    static final Versions NONE = new Versions(Map.of());

    Versions {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    Optional<Version> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Version> byStage(String stage) {
        return byId.values().stream().filter(version -> version.hasStage(stage)).findFirst();
    }

    /** Adds a version with its labels, taken from those that had them; the first is current. */
    Versions plus(Version version) {
        var bare =
                new Version(
                        version.id(),
                        version.value(),
                        version.binary(),
                        Set.of(),
                        version.created());
        var result = replace(bare);
        for (var stage : version.stages()) {
            result = result.move(stage, version.id());
        }
        return byId.isEmpty() ? result.move(CURRENT, version.id()) : result;
    }

    /** Puts a label on that version; with AWSCURRENT goes AWSPREVIOUS, to where that was. */
    Versions move(String stage, String id) {
        var holder = byStage(stage);
        if (holder.isPresent() && holder.get().id().equals(id)) {
            return this;
        }
        var result = remove(stage);
        if (stage.equals(CURRENT) && holder.isPresent()) {
            result = result.remove(PREVIOUS).label(PREVIOUS, holder.get().id());
        }
        return result.label(stage, id);
    }

    Versions remove(String stage) {
        return byStage(stage).map(version -> replace(version.without(stage))).orElse(this);
    }

    private Versions label(String stage, String id) {
        return replace(byId.get(id).with(stage));
    }

    private Versions replace(Version version) {
        var versions = new LinkedHashMap<>(byId);
        versions.put(version.id(), version);
        return new Versions(versions);
    }
}
