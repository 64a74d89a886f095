package dev.lockstep.render;

/**
 * The first component of a path, as an object reads it.
 *
 * @param name without the escapes
 * @param wild whether an unescaped {@code *} or {@code ?} makes the whole name a pattern
 */
record ObjectStep(String name, boolean wild, Next next) {

    static ObjectStep parse(String path) {
        var name = new StringBuilder();
        boolean wild = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '.' || c == '|') {
                return new ObjectStep(name.toString(), wild, Next.afterSeparator(path, i));
            }
            if (c == '\\') {
                if (++i < path.length()) {
                    name.append(path.charAt(i));
                }
                continue;
            }
            wild |= c == '*' || c == '?';
            name.append(c);
        }
        return new ObjectStep(name.toString(), wild, Next.END);
    }

    boolean matches(String member) {
        return wild ? Wildcard.matches(member, name) : member.equals(name);
    }
}
