package dev.lockstep.api;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the characters of a password are chosen from, as code points, each once.
 *
 * <p>Where no character may come twice, a letter or digit that stands among the symbols counts as a
 * symbol alone: whether a password can be made is then no matter of chance.
 */
public record PasswordCharacters(Set<Integer> letters, Set<Integer> digits, Set<Integer> symbols) {

    public PasswordCharacters {
        letters = Set.copyOf(letters);
        digits = Set.copyOf(digits);
        symbols = Set.copyOf(symbols);
    }

    static PasswordCharacters of(PasswordSpec spec) {
        var symbols = set(spec.symbolCharactersOrDefault().codePoints(), any -> true);
        IntPredicate free = c -> spec.allowRepeat() || !symbols.contains(c);
        var lower = IntStream.rangeClosed('a', 'z');
        var letters =
                spec.noUpper() ? lower : IntStream.concat(lower, IntStream.rangeClosed('A', 'Z'));
        return new PasswordCharacters(
                set(letters, free), set(IntStream.rangeClosed('0', '9'), free), symbols);
    }

    private static Set<Integer> set(IntStream codePoints, IntPredicate kept) {
        return new HashSet<>(codePoints.filter(kept).boxed().toList());
    }
}
