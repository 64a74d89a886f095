package dev.lockstep.render;

/** A text that is no YAML map of texts. Has no cause: the parser's own messages quote the text. */
final class MalformedYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param what such as "line 3: it is no scalar"
     */
    MalformedYamlException(String what) {
        super(what);
    }
}
