package dev.lockstep.sync;

import dev.lockstep.api.Store;

/**
 * Which stores this operator serves, so that it and another one (ESO, or a second Lockstep) can run
 * in one cluster.
 *
 * @param name {@code default} is ESO's own: it serves stores that name no class as well
 */
public record ControllerClass(String name) {
    public static final String DEFAULT = "default";

    public boolean serves(Store store) {
        return serves(store.controller());
    }

    /**
     * @param controller the class that a resource names; empty where it names none
     */
    public boolean serves(String controller) {
        return controller.equals(name) || isDefault() && controller.isEmpty();
    }

    /** Whether what names no class at all is served. */
    public boolean isDefault() {
        return name.equals(DEFAULT);
    }
}
