package dev.lockstep.sandbox.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** All parameters, each where it lives. */
final class Parameters {
    private static final String IN_ARN = ":parameter/";

    private final Map<String, Map<String, Parameter>> byPlace = new ConcurrentHashMap<>();

    /** By name. */
    List<Parameter> all(Principal caller, AwsRequest request) {
        var place = place(caller, request);
        synchronized (place) {
            return List.copyOf(place.values());
        }
    }

    /**
     * @param id name or ARN
     */
    Optional<Parameter> find(Principal caller, AwsRequest request, String id) {
        return all(caller, request).stream()
                .filter(p -> p.name().equals(id) || p.arn().equals(id))
                .findFirst();
    }

    void put(Principal caller, AwsRequest request, Parameter parameter) {
        var place = place(caller, request);
        synchronized (place) {
            place.put(parameter.name(), parameter);
        }
    }

    void remove(Principal caller, AwsRequest request, String name) {
        var place = place(caller, request);
        synchronized (place) {
            place.remove(name);
        }
    }

    void change(
            Principal caller, AwsRequest request, String name, UnaryOperator<Parameter> change) {
        var parameter = find(caller, request, name).orElseThrow(Parameters::notFound);
        put(caller, request, change.apply(parameter));
    }

    static String arn(Principal caller, AwsRequest request, String name) {
        var region = request.signature().region();
        return "arn:%s:ssm:%s:%s%s%s"
                .formatted(
                        Partition.of(region),
                        region,
                        caller.account(),
                        IN_ARN,
                        name.startsWith("/") ? name.substring(1) : name);
    }

    static AwsError notFound() {
        return AwsError.badRequest("ParameterNotFound", "");
    }

    private Map<String, Parameter> place(Principal caller, AwsRequest request) {
        return byPlace.computeIfAbsent(
                caller.account() + " " + request.signature().region(), any -> new TreeMap<>());
    }
}
