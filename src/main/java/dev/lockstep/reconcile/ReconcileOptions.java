package dev.lockstep.reconcile;

import dev.lockstep.sync.ControllerClass;
import java.time.Duration;

/**
 * What the admin decides about reconciling.
 *
 * @param minRefreshInterval shorter refresh intervals are raised to this
 * @param storeRefreshInterval how often a store is validated that does not say so itself
 * @param statusHeartbeat how often a status is written although nothing changed
 */
public record ReconcileOptions(
        ControllerClass controllerClass,
        Duration minRefreshInterval,
        Duration storeRefreshInterval,
        Duration statusHeartbeat) {}
