/** What can be seen of the operator from outside: metrics and health. */
@NullMarked
package dev.lockstep.observe;

import org.jspecify.annotations.NullMarked;
