package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Writes Events: made once, then counted up. */
final class EventsApi {
    private static final String COMPONENT = "lockstep";

    /** Kubernetes' bound on an Event's note. */
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;

    EventsApi(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param storedCount how often it is known to have happened before; zero when nothing is known
     * @return how often it happened by now
     */
    int write(EventSubject subject, EventSeries.Repeats repeats, int storedCount) {
        try {
            return storedCount == 0
                    ? create(subject, repeats)
                    : countUp(subject, repeats, storedCount);
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                // Made by an earlier life of the operator.
                case HttpURLConnection.HTTP_CONFLICT ->
                        countUp(subject, repeats, countOnServer(subject));
                // Forgotten by Kubernetes meanwhile.
                case HttpURLConnection.HTTP_NOT_FOUND -> create(subject, repeats);
                default -> throw e;
            };
        }
    }

    private int create(EventSubject subject, EventSeries.Repeats repeats) {
        var time = time(repeats.last());
        var event =
                new EventBuilder(skeleton(subject))
                        .withInvolvedObject(subject.object())
                        .withType(subject.type())
                        .withReason(subject.reason())
                        .withMessage(shortened(repeats.message()))
                        .withCount(repeats.count())
                        .withFirstTimestamp(time)
                        .withLastTimestamp(time)
                        .withNewSource(COMPONENT, null)
                        .build();
        client.resource(event).create();
        return repeats.count();
    }

    private int countUp(EventSubject subject, EventSeries.Repeats repeats, int before) {
        var count = before + repeats.count();
        var patch =
                Map.of(
                        "count", count,
                        "lastTimestamp", time(repeats.last()),
                        "message", shortened(repeats.message()));
        client.resource(skeleton(subject))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(patch));
        return count;
    }

    private int countOnServer(EventSubject subject) {
        var event = client.resource(skeleton(subject)).get();
        return event == null || event.getCount() == null ? 0 : event.getCount();
    }

    private static Event skeleton(EventSubject subject) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(subject.namespace())
                .withName(subject.name())
                .endMetadata()
                .build();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
