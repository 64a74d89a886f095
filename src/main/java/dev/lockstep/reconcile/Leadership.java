package dev.lockstep.reconcile;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether this process leads: a standby keeps its caches warm and writes nothing. */
public final class Leadership {
    private final List<Runnable> onGained = new CopyOnWriteArrayList<>();
    private final List<Runnable> onEnded = new CopyOnWriteArrayList<>();
    private volatile boolean held;
    private volatile boolean stopping;

    /** This process leads from now on, unless it is about to end. */
    public synchronized void gained() {
        if (stopping) {
            return;
        }
        held = true;
        onGained.forEach(Runnable::run);
    }

    /** This process takes no more work, and finishes what it has begun while it still leads. */
    public synchronized void stopping() {
        stopping = true;
    }

    /** Whether the end of leading, when it comes, was asked for. */
    public boolean isStopping() {
        return stopping;
    }

    /** This process does not lead any more, and will not again. */
    public synchronized void ended() {
        held = false;
        onEnded.forEach(Runnable::run);
    }

    public boolean held() {
        return held;
    }

    /** Run at each gain, before or after this process reconciles anything. */
    public void onGained(Runnable action) {
        onGained.add(action);
    }

    /** Run at the end. */
    public void onEnded(Runnable action) {
        onEnded.add(action);
    }
}
