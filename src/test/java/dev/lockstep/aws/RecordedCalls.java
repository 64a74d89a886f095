package dev.lockstep.aws;

import dev.lockstep.source.CallObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers calls as {@code service operation outcome}. */
final class RecordedCalls implements CallObserver {
    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void called(String service, String operation, String outcome, Duration took) {
        calls.add(service + " " + operation + " " + outcome);
    }
}
