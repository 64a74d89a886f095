package dev.lockstep.watch;

import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One walk over the pages of a list. */
final class SweepRound {
    private final Pages pageAt;
    private final Predicate<RemoteKey> used;
    private final Predicate<RemoteKey> tagsUsed;
    private final BiPredicate<Selector, RemoteSecret> matches;
    private final Map<RemoteKey, RemoteSecret> shown = new HashMap<>();
    private final Map<Selector, Map<RemoteKey, RemoteSecret>> found = new HashMap<>();
    private int pages;

    /** Pages, each named by the one before it. */
    @FunctionalInterface
    interface Pages {
        ListPage at(Optional<String> token) throws SourceException;
    }

    /**
     * Nothing is kept but of keys in use and of what matches.
     *
     * @param used which keys are in use
     * @param tagsUsed of which keys the tags are in use
     * @param selectors those that these pages show all matches of
     */
    SweepRound(
            Pages pageAt,
            Predicate<RemoteKey> used,
            Predicate<RemoteKey> tagsUsed,
            Set<Selector> selectors,
            BiPredicate<Selector, RemoteSecret> matches) {
        this.pageAt = pageAt;
        this.used = used;
        this.tagsUsed = tagsUsed;
        this.matches = matches;
        selectors.forEach(selector -> found.put(selector, new HashMap<>()));
    }

    /**
     * Walks while {@code mayCall} allows the next page.
     *
     * @param between run between pages, so that what presses does not wait for the last one
     * @return whether the last page was reached
     */
    boolean complete(int mostPages, BooleanSupplier mayCall, Runnable between)
            throws SourceException {
        var token = Optional.<String>empty();
        do {
            if (pages == mostPages || !mayCall.getAsBoolean()) {
                return false;
            }
            var page = pageAt.at(token);
            pages++;
            page.secrets().forEach(this::keep);
            token = page.nextToken();
            if (token.isPresent()) {
                between.run();
            }
        } while (token.isPresent());
        return true;
    }

    int pages() {
        return pages;
    }

    Map<RemoteKey, RemoteSecret> shown() {
        return shown;
    }

    /** What matches, by selector; without tags, that nobody asks for again. */
    Map<Selector, Map<RemoteKey, RemoteSecret>> found() {
        return found;
    }

    private void keep(RemoteSecret secret) {
        for (var name :
                List.of(secret.name(), secret.arn(), RemoteSecret.partialArn(secret.arn()))) {
            var key = new RemoteKey(name);
            if (used.test(key)) {
                shown.put(key, tagsUsed.test(key) ? secret : secret.withTags(null));
            }
        }
        found.forEach(
                (selector, secrets) -> {
                    if (matches.test(selector, secret)) {
                        var key = new RemoteKey(secret.name());
                        secrets.put(key, shown.getOrDefault(key, secret).withTags(null));
                    }
                });
    }
}
