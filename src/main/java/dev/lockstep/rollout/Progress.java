package dev.lockstep.rollout;

/**
 * How far a workload is with its current template.
 *
 * @param detail in words, such as {@code 1 of 3 pods is available}
 */
record Progress(Kind kind, String detail) {
    enum Kind {
        ROLLING,
        COMPLETE,
        /** Its own controller gave up waiting. */
        FAILED
    }

    static final Progress COMPLETE = new Progress(Kind.COMPLETE, "");

    static Progress rolling(String detail) {
        return new Progress(Kind.ROLLING, detail);
    }

    static Progress failed(String detail) {
        return new Progress(Kind.FAILED, detail);
    }
}
