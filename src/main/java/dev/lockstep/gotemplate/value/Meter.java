package dev.lockstep.gotemplate.value;

/** Charges for what a template makes; ends the run, by an exception, where it is too much. */
public interface Meter {
    /** Charges work that grows with the arguments: about one step for each microsecond. */
    void work(long more);

    /** Charges a value about to be made, in bytes; a list element or map entry counts as 32. */
    void allocate(long more);

    /** Goes one level deeper into templates or values; {@link #leave()} comes back. */
    void enter();

    void leave();
}
