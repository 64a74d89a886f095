/**
 * From remote values to a Secret's data, by pure functions: same values and spec in, same bytes
 * out. No clock, no network, no Kubernetes.
 */
@NullMarked
package dev.lockstep.render;

import org.jspecify.annotations.NullMarked;
