/** Options, and the one place where the rooms are wired together. */
@NullMarked
package dev.lockstep.config;

import org.jspecify.annotations.NullMarked;
