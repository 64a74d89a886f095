/** The YAML under {@code deploy/}, shown on a real API server. */
@NullMarked
package dev.lockstep.deploy;

import org.jspecify.annotations.NullMarked;
