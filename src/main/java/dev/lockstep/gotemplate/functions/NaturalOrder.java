package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.GoString;
import java.util.Comparator;

/** The order in which go-yaml v2 writes keys: numbers in them by value, letters last. */
enum NaturalOrder implements Comparator<GoString> {
    INSTANCE;

    @Override
    public int compare(GoString left, GoString right) {
        var ours = left.text().codePoints().toArray();
        var theirs = right.text().codePoints().toArray();
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (ours[i] == theirs[i]) {
                continue;
            }
            boolean ourLetter = Character.isLetter(ours[i]);
            boolean theirLetter = Character.isLetter(theirs[i]);
            if (ourLetter && theirLetter) {
                return Integer.compare(ours[i], theirs[i]);
            }
            if (ourLetter || theirLetter) {
                return ourLetter ? 1 : -1;
            }
            return compareNumbers(ours, theirs, i);
        }
        return Integer.compare(ours.length, theirs.length);
    }

    /** Of two texts that differ from there on, not both in letters. */
    private static int compareNumbers(int[] ours, int[] theirs, int at) {
        boolean zero = ours[at] == '0' || theirs[at] == '0';
        long lead = zero && followsNumber(ours, at) ? 1 : 0;
        int ourEnd = endOfDigits(ours, at);
        int theirEnd = endOfDigits(theirs, at);
        int order =
                Long.compare(number(ours, at, ourEnd, lead), number(theirs, at, theirEnd, lead));
        if (order == 0) {
            order = Integer.compare(ourEnd, theirEnd);
        }
        return order == 0 ? Integer.compare(ours[at], theirs[at]) : order;
    }

    /** Whether digits other than zero stand before. */
    private static boolean followsNumber(int[] text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
            if (text[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int endOfDigits(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int from, int to, long lead) {
        long number = lead;
        for (int i = from; i < to; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
