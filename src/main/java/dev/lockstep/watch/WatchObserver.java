package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;

/** Told what the watch does; {@code observe} measures it. */
public interface WatchObserver {

    /** A whole look at everything of one identity has ended. */
    void swept(VersionWatchMode mode, Duration took, boolean complete);

    /** The refresh intervals ask for more calls than the budget has; told once per change. */
    void budgetExceeded(boolean exceeded);
}
