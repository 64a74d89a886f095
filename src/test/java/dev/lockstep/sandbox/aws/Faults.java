package dev.lockstep.sandbox.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What goes wrong, by operation ({@code GetSecretValue}) or, with {@link #ANY}, for all. Where
 * several faults were asked for, they take effect one after the other.
 */
public final class Faults {

    public static final String ANY = "*";

    private final LongSupplier nanos;
    private final List<Planned> planned = new ArrayList<>();
    private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();

    Faults(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For the next calls, that many. */
    public synchronized void on(String operation, Fault fault, int times) {
        planned.add(new Planned(known(operation), fault, times));
    }

    /** Until {@link #clear()}. */
    public void on(String operation, Fault fault) {
        on(operation, fault, Integer.MAX_VALUE);
    }

    /** More calls than that in any second are throttled. */
    public void limit(String operation, int perSecond) {
        limits.put(known(operation), new RateLimit(perSecond, nanos));
    }

    /** Calls wait from now on; one hold for each operation. */
    public Hold hold(String operation) {
        var hold = new Hold();
        Optional.ofNullable(holds.put(known(operation), hold)).ifPresent(Hold::release);
        return hold;
    }

    /** All is well again, and what waits goes on. */
    public synchronized void clear() {
        planned.clear();
        limits.clear();
        holds.values().forEach(Hold::release);
        holds.clear();
    }

    /** Answers as far as the faults let it; throws {@link AwsError} where that is the answer. */
    AwsResponse apply(AwsRequest request, Supplier<AwsResponse> call) throws InterruptedException {
        for (var name : List.of(ANY, request.operation())) {
            var hold = holds.get(name);
            if (hold != null) {
                hold.pass();
            }
        }
        for (var name : List.of(ANY, request.operation())) {
            var limit = limits.get(name);
            if (limit != null && !limit.admits()) {
                return Fault.THROTTLED.spoil(request, call);
            }
        }
        return next(request.operation()).map(fault -> fault.spoil(request, call)).orElseGet(call);
    }

    private static String known(String operation) {
        return operation.equals(ANY) ? operation : Operations.require(operation);
    }

    private synchronized Optional<Fault> next(String operation) {
        for (var fault : planned) {
            if (fault.operation.equals(ANY) || fault.operation.equals(operation)) {
                if (--fault.left == 0) {
                    planned.remove(fault);
                }
                return Optional.of(fault.fault);
            }
        }
        return Optional.empty();
    }

    private static final class Planned {
        private final String operation;
        private final Fault fault;
        private int left;

        private Planned(String operation, Fault fault, int times) {
            this.operation = operation;
            this.fault = fault;
            left = times;
        }
    }
}
