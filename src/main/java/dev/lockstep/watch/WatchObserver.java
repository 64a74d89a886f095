package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;

/** Told what the watch does; {@code observe} measures it. */
public interface WatchObserver {

    /**
     * A sweep of one identity has ended; Describes are spread over time and have no end.
     *
     * @param complete whether it reached its last page
     */
    void swept(VersionWatchMode mode, Duration took, boolean complete);

    /**
     * The refresh intervals of one identity ask for more calls than its budget has, or no longer;
     * told once per change, so that who counts knows how many do.
     */
    void budgetExceeded(boolean exceeded);
}
