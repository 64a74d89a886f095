package dev.lockstep.reconcile;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether this process leads: a standby keeps its caches warm and writes nothing. */
public final class Leadership {
    private final List<Runnable> onGained = new CopyOnWriteArrayList<>();
    private volatile boolean held;

    /** This process leads from now on. */
    public void gained() {
        held = true;
        onGained.forEach(Runnable::run);
    }

    public void lost() {
        held = false;
    }

    public boolean held() {
        return held;
    }

    /** Run at each gain, before or after this process reconciles anything. */
    public void onGained(Runnable action) {
        onGained.add(action);
    }
}
