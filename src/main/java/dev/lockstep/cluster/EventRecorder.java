package dev.lockstep.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells people by core/v1 Events: one per object, reason and key, whose repeats raise its count and
 * replace its message (semantics 26).
 *
 * <p>Recording only notes what to write, so it neither blocks nor fails. A warning is written at
 * once the first time, good news in its turn; what repeats within {@link #PAUSE} is written as one.
 * Events that cannot be written are lost, which the log says.
 */
public final class EventRecorder {
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Kubernetes forgets Events after an hour, so a longer memory would be of no use. */
    private static final Duration MEMORY = Duration.ofHours(1);

    /** What is not remembered is asked of the server. */
    private static final int MOST_REMEMBERED = 1_000;

    private static final Logger LOG = Logger.getLogger(EventRecorder.class);

    /** Good news of many objects at once would slow down the syncs that it is about. */
    private static final Duration BETWEEN_NORMAL_ONES = Duration.ofMillis(20);

    /** Nothing waits longer: what is beyond this is written beside the queue. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

    private final EventsApi events;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private Instant nextTurn = Instant.EPOCH;
    private final Cache<String, EventSeries> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterAccess(MEMORY).build();

    /**
     * @param executor on which Events are written; the caller ends it
     */
    public EventRecorder(KubernetesClient client, Clock clock, ScheduledExecutorService executor) {
        this.events = new EventsApi(client);
        this.clock = clock;
        this.executor = executor;
    }

    /** Something went as it should. */
    public void normal(HasMetadata about, String reason, String key, String message) {
        record(EventSubject.of(about, "Normal", reason, key), message, this::turn);
    }

    /**
     * Something needs attention.
     *
     * @param key what the event is about beside the object and reason, such as a remote key; may be
     *     empty
     * @param message may hold what changes, such as AWS's request id; never a value
     */
    public void warning(HasMetadata about, String reason, String key, String message) {
        record(EventSubject.of(about, "Warning", reason, key), message, () -> Duration.ZERO);
    }

    private void record(EventSubject subject, String message, Supplier<Duration> turn) {
        var series = remembered.get(subject.name(), name -> new EventSeries(subject));
        series.note(message, clock.instant(), PAUSE)
                .ifPresent(delay -> write(series, longer(delay, turn.get())));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** How long the next one waits for those before it. */
    private synchronized Duration turn() {
        var now = clock.instant();
        var waiting = Duration.between(now, nextTurn);
        var free = waiting.isNegative() || waiting.compareTo(LONGEST_QUEUE) > 0;
        nextTurn = free ? now : nextTurn.plus(BETWEEN_NORMAL_ONES);
        return Duration.between(now, nextTurn);
    }

    private void write(EventSeries series, Duration delay) {
        try {
            executor.schedule(() -> write(series), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the operator stops, so an Event is not written");
        }
    }

    private void write(EventSeries series) {
        var repeats = series.take(clock.instant());
        try {
            series.stored(events.write(series.subject(), repeats, series.storedCount()));
        } catch (KubernetesClientException e) {
            series.lost();
            LOG.warnf(
                    "%s is lost (%s): check that the Kubernetes API answers and that the operator's role grants create, get and patch on events",
                    series.subject().what(), ApiFailures.detail(e));
        }
    }
}
