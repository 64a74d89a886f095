package dev.lockstep.source;

import java.util.function.Function;

/** What became of one key of several: each is answered by itself, so one failure hides no other. */
public sealed interface SourceResult<T> {

    record Found<T>(T value) implements SourceResult<T> {}

    record Failed<T>(SourceException cause) implements SourceResult<T> {}

    /** Both cases, since bytecode level 17 has no pattern switch. */
    default <R> R fold(Function<T, R> found, Function<SourceException, R> failed) {
        return this instanceof Found<T> f
                ? found.apply(f.value())
                : failed.apply(((Failed<T>) this).cause());
    }

    /** The value, or the failure thrown. */
    default T orThrow() throws SourceException {
        if (this instanceof Failed<T> f) {
            throw f.cause();
        }
        return ((Found<T>) this).value();
    }
}
