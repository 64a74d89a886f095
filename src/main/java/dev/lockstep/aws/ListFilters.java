package dev.lockstep.aws;

import dev.lockstep.source.Selector;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;

/**
 * Filters of ListSecrets, which match by prefix and any tag with any other: they only keep pages
 * few, and what matches is judged on what they let through.
 */
final class ListFilters {
    /** What AWS takes; an exclamation mark first would turn a filter round. */
    private static final Pattern TAKEN = Pattern.compile("[a-zA-Z0-9 :_@/+=.-]{1,512}");

    private static final int MOST = 10;

    private ListFilters() {}

    static List<Filter> of(Selector selector) {
        var tags = new TreeMap<>(selector.tags()).entrySet().stream();
        return Stream.concat(
                        filter(FilterNameStringType.NAME, selector.path()),
                        tags.flatMap(
                                tag ->
                                        Stream.concat(
                                                filter(FilterNameStringType.TAG_KEY, tag.getKey()),
                                                filter(
                                                        FilterNameStringType.TAG_VALUE,
                                                        tag.getValue()))))
                .limit(MOST)
                .toList();
    }

    private static Stream<Filter> filter(FilterNameStringType by, String value) {
        return TAKEN.matcher(value).matches()
                ? Stream.of(Filter.builder().key(by).values(value).build())
                : Stream.empty();
    }
}
