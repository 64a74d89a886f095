package dev.lockstep.sandbox.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was asked, in the order of arrival. */
final class RequestLog {

    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<RoleRequest> roles = new ArrayList<>();

    synchronized void add(RecordedRequest request) {
        requests.add(request);
    }

    synchronized void add(RoleRequest request) {
        roles.add(request);
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized List<RoleRequest> roles() {
        return List.copyOf(roles);
    }

    /** How often each operation was called. */
    synchronized SortedMap<String, Integer> calls() {
        var calls = new TreeMap<String, Integer>();
        requests.forEach(request -> calls.merge(request.operation(), 1, Integer::sum));
        return calls;
    }

    synchronized void clear() {
        requests.clear();
        roles.clear();
    }
}
