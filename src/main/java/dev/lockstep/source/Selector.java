package dev.lockstep.source;

import dev.lockstep.api.GoRegexp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which secrets {@code dataFrom.find} wants. It speaks of whole names: a store's prefix is not put
 * before anything here, so it stands once in each name, where it is.
 *
 * @param path how names begin; empty for any
 * @param name found anywhere in a name, as Go's MatchString does
 * @param tags which a secret carries, each with exactly this value; providers filter by less
 */
public record Selector(String path, Optional<GoRegexp> name, Map<String, String> tags) {
    public Selector {
        tags = Map.copyOf(tags);
    }

    /**
     * Whether the secret is wanted. Its tags must have been told if there are any to compare.
     *
     * @throws IllegalArgumentException if they were not
     */
    public boolean matches(RemoteSecret secret) {
        return secret.name().startsWith(path) && matchesName(secret.name()) && matchesTags(secret);
    }

    /** Whether the pattern is found in this name; the path is not looked at. */
    public boolean matchesName(String secret) {
        return name.map(pattern -> pattern.matches(secret)).orElse(true);
    }

    private boolean matchesTags(RemoteSecret secret) {
        if (tags.isEmpty()) {
            return true;
        }
        if (secret.tags() == null) {
            throw new IllegalArgumentException("tags of " + secret.name() + " were not asked for");
        }
        return secret.tags().include(tags);
    }

    /** As an admin would say it, for messages. */
    @Override
    public String toString() {
        var text = new StringBuilder("whose name ");
        text.append(path.isEmpty() ? "" : "begins with " + path);
        name.ifPresent(
                pattern ->
                        text.append(path.isEmpty() ? "" : " and ")
                                .append("matches ")
                                .append(pattern));
        if (!tags.isEmpty()) {
            var named = path.isEmpty() && name.isEmpty();
            text.setLength(named ? 0 : text.length());
            text.append(named ? "with tags " : " and that have tags ").append(new TreeMap<>(tags));
        }
        return text.toString();
    }
}
