package dev.lockstep.sync;

import dev.lockstep.api.Names;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks of names of Kubernetes objects. */
final class ObjectNames {
    private static final Pattern ALLOWED = Pattern.compile(Names.OBJECT);

    private ObjectNames() {}

    /** Empty means absent. */
    static Stream<SpecProblem> check(String path, String name) {
        // Length first: it bounds what the pattern has to look at.
        return name.isEmpty()
                        || name.length() <= Names.OBJECT_MAX && ALLOWED.matcher(name).matches()
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                path,
                                "this is no name of an object: write at most %d lower-case letters, digits, '-' and '.'"
                                        .formatted(Names.OBJECT_MAX)));
    }
}
