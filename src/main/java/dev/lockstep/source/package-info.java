/**
 * The port to where secrets live: keys, versions, values, identities and the closed set of
 * failures. Pure types and interfaces; {@code aws} and {@code cluster} implement them.
 */
@NullMarked
package dev.lockstep.source;

import org.jspecify.annotations.NullMarked;
