package dev.lockstep.sync;

import java.util.Map;

/**
 * A namespace, as far as it decides what is made in it.
 *
 * @param terminating nothing can be made in it any more
 */
public record TenantNamespace(String name, Map<String, String> labels, boolean terminating) {}
