package dev.lockstep.sandbox.demo;

/** A step that the demo promises and that was not seen. */
final class DidNotHappen extends RuntimeException {

    DidNotHappen(String what) {
        super(what);
    }
}
