package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.GoString;

/**
 * Why a template gave no text.
 *
 * @param template the one that it stands in; templates define others
 * @param line from 1 on
 * @param column in bytes, from 0 on as Go counts; -1 where Go tells none, when parsing
 * @param node what was evaluated, as the template has it; empty when parsing
 * @param detail what is wrong there; never a value
 * @param goText the whole of Go's message, which may quote values: for comparison with Go alone
 */
public record TemplateFailure(
        Cause cause,
        String template,
        int line,
        int column,
        String node,
        String detail,
        GoString goText) {

    public enum Cause {
        /** It is no template. */
        SYNTAX,
        /** It does not fit the values. */
        EXECUTION,
        /** It used up its {@link Limits}. */
        LIMIT
    }

    private static final int LONGEST_NODE_SHOWN = 80;
    private static final int LONGEST_DETAIL_SHOWN = 300;

    /** What failed and where; never a value. */
    public String message() {
        var where =
                column < 0
                        ? "template %s, line %d".formatted(template, line)
                        : "template %s, line %d, column %d".formatted(template, line, column);
        var at = node.isEmpty() ? "" : ", at <" + cut(node, LONGEST_NODE_SHOWN) + ">";
        return where + at + ": " + cut(detail, LONGEST_DETAIL_SHOWN);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
