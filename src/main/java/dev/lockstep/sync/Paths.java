package dev.lockstep.sync;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Paths of the items of a list. */
final class Paths {

    private Paths() {}

    /** The problems of each item, which is checked with its path. */
    static <T> Stream<SpecProblem> indexed(
            String path, List<T> items, BiFunction<String, T, Stream<SpecProblem>> check) {
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(i -> check.apply("%s[%d]".formatted(path, i), items.get(i)));
    }
}
