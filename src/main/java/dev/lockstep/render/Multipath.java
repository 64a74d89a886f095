package dev.lockstep.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Several paths in one: {@code {a,"name":b}} makes an object of their answers, {@code [a,b]} an
 * array.
 *
 * @param isObject what it makes
 * @param rest of the path behind it; where its bracket is not closed, empty like the selectors
 */
record Multipath(boolean isObject, List<Selector> selectors, String rest, boolean closed) {

    /**
     * One of the paths.
     *
     * @param name as written, perhaps in quotes; empty where none is
     */
    record Selector(String name, String path) {

        /** The member's name in JSON: its own, or the last component of the path. */
        String writtenName() {
            if (!name.isEmpty()) {
                return isQuoted() ? name : GoJson.quoted(name);
            }
            var last = lastComponent();
            return GoJson.quoted(isSimple(last) ? last : "_");
        }

        private boolean isQuoted() {
            try {
                return name.startsWith("\"") && JsonReader.read(name) instanceof Json.JsonString;
            } catch (MalformedJsonException e) {
                return false;
            }
        }

        private String lastComponent() {
            for (int at = path.length() - 1; at >= 0; at--) {
                boolean separates = path.charAt(at) == '|' || path.charAt(at) == '.';
                if (separates && (at == 0 || path.charAt(at - 1) != '\\')) {
                    return path.substring(at + 1);
                }
            }
            return path;
        }

        private static boolean isSimple(String component) {
            return component.chars().noneMatch(c -> c < ' ' || "[]{}()#|!".indexOf(c) >= 0);
        }
    }

    static boolean isAt(String path) {
        return path.length() > 1 && (path.startsWith("{") || path.startsWith("["));
    }

    static Multipath parse(String path) {
        boolean isObject = path.startsWith("{");
        var selectors = new ArrayList<Selector>();
        int depth = 1;
        int start = 1;
        int colon = 0;
        boolean inModifier = false;
        for (int at = 1; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                at = PathSyntax.closingQuote(path, at);
            } else if (c == '@') {
                inModifier |= path.charAt(at - 1) == '.' || path.charAt(at - 1) == '|';
            } else if (c == ':' && !inModifier && colon == 0 && depth == 1) {
                colon = at;
            } else if (c == ',' && depth == 1) {
                selectors.add(selector(path, start, colon, at));
                start = at + 1;
                colon = 0;
                inModifier = false;
            } else if ("[({".indexOf(c) >= 0) {
                depth++;
            } else if ("])}".indexOf(c) >= 0 && --depth == 0) {
                selectors.add(selector(path, start, colon, at));
                return new Multipath(isObject, selectors, path.substring(at + 1), true);
            }
        }
        return new Multipath(isObject, List.of(), "", false);
    }

    /** Whether an answer is made of it: what follows has to be another component. */
    boolean answers() {
        return closed && (rest.isEmpty() || rest.startsWith("|") || rest.startsWith("."));
    }

    private static Selector selector(String path, int start, int colon, int end) {
        return colon == 0
                ? new Selector("", path.substring(start, end))
                : new Selector(path.substring(start, colon), path.substring(colon + 1, end));
    }
}
