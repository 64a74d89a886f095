package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One walk over the pages of ListSecrets. */
final class SweepRound {
    private final SecretSource source;
    private final Predicate<RemoteKey> used;
    private final Map<RemoteKey, RemoteSecret> shown = new HashMap<>();
    private int pages;

    /**
     * @param used which keys are in use: nothing is kept of the others
     */
    SweepRound(SecretSource source, Predicate<RemoteKey> used) {
        this.source = source;
        this.used = used;
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
            var page = source.list(token);
            pages++;
            keepUsed(page.secrets());
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

    private void keepUsed(List<RemoteSecret> secrets) {
        for (var secret : secrets) {
            for (var name :
                    List.of(secret.name(), secret.arn(), RemoteSecret.partialArn(secret.arn()))) {
                var key = new RemoteKey(name);
                if (used.test(key)) {
                    shown.put(key, secret);
                }
            }
        }
    }
}
