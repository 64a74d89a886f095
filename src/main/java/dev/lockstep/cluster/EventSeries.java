package dev.lockstep.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The repeats of one Event: what is written of them and what is not yet. */
final class EventSeries {
    private final EventSubject subject;
    private int storedCount;
    private int waiting;
    private String message = "";
    private Instant lastNoted = Instant.MIN;
    private Instant lastWritten = Instant.MIN;
    private boolean scheduled;

    EventSeries(EventSubject subject) {
        this.subject = subject;
    }

    /**
     * Notes one more.
     *
     * @return when to write; empty when that is arranged already
     */
    synchronized Optional<Duration> note(String text, Instant now, Duration pause) {
        message = text;
        lastNoted = now;
        waiting++;
        if (scheduled) {
            return Optional.empty();
        }
        scheduled = true;
        var due = lastWritten.equals(Instant.MIN) ? now : lastWritten.plus(pause);
        return Optional.of(due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO);
    }

    /** All that waits, to be written now. */
    synchronized Repeats take(Instant now) {
        var repeats = new Repeats(waiting, message, lastNoted);
        waiting = 0;
        scheduled = false;
        lastWritten = now;
        return repeats;
    }

    synchronized void stored(int count) {
        storedCount = count;
    }

    /** What the server has is not known. */
    synchronized void lost() {
        storedCount = 0;
    }

    /** The count as the server last had it; zero when that is not known. */
    synchronized int storedCount() {
        return storedCount;
    }

    EventSubject subject() {
        return subject;
    }

    /**
     * @param last when the last of them happened
     */
    record Repeats(int count, String message, Instant last) {}
}
