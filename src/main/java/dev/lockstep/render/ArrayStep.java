package dev.lockstep.render;

import org.jspecify.annotations.Nullable;

/** The first component of a path, as an array reads it. It knows no escapes and no wildcards. */
sealed interface ArrayStep {

    /** One element. */
    record Index(int position, Next next) implements ArrayStep {}

    /** {@code #}: the number of elements. */
    record Count(@Nullable String pipe) implements ArrayStep {}

    /** {@code #.path}: what each element has under the path, where it has it. */
    record Each(String path) implements ArrayStep {}

    /** {@code #(query)}: the first element that matches; {@code #(query)#}: all. */
    record Filter(Query query, boolean all, Next next) implements ArrayStep {}

    /** Of a member, which no array has. */
    record Name(@Nullable String pipe) implements ArrayStep {}

    static ArrayStep parse(String path) {
        if (path.startsWith("#.")) {
            return new Each(path.substring(2));
        }
        if (path.startsWith("#(") || path.startsWith("#[")) {
            return filter(path);
        }
        int end = separator(path, 0);
        var part = path.substring(0, end);
        var next = end == path.length() ? Next.END : Next.afterSeparator(path, end);
        if (part.equals("#")) {
            return new Count(next.pipe());
        }
        return isIndex(part) ? new Index(Integer.parseInt(part), next) : new Name(next.pipe());
    }

    /** Unclosed, a query accepts every element, as in gjson. */
    private static ArrayStep filter(String path) {
        var parsed = Query.parse(path);
        if (parsed.isEmpty()) {
            return new Filter(Query.ANY, false, Next.END);
        }
        var query = parsed.get();
        boolean all = path.startsWith("#", query.end());
        int end = separator(path, query.end());
        return new Filter(query, all, end == path.length() ? Next.END : afterFilter(path, end));
    }

    /** Here a dot is never a pipe: each element that matches is asked for what follows. */
    private static Next afterFilter(String path, int separator) {
        var behind = path.substring(separator + 1);
        return path.charAt(separator) == '|' ? new Next(null, behind) : new Next(behind, null);
    }

    private static int separator(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '|') {
            at++;
        }
        return at;
    }

    /** Nine digits are more elements than a secret can hold. */
    private static boolean isIndex(String part) {
        return !part.isEmpty()
                && part.length() < 10
                && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
