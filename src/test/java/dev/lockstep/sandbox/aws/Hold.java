package dev.lockstep.sandbox.aws;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps calls waiting until it is released; they are answered by what is true then. */
public final class Hold implements AutoCloseable {

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    Hold() {}

    /** How many calls wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** Lets them go, and all that come later. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }

    void pass() throws InterruptedException {
        waiting.incrementAndGet();
        try {
            released.await();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
