/**
 * Values as Go has them, and how Go prints and compares them. Each knows its Go type, so that error
 * texts, {@code printf "%T"} and comparisons say what Go says. None prints itself by {@code
 * toString()}: they are made of secrets.
 */
@NullMarked
package dev.lockstep.gotemplate.value;

import org.jspecify.annotations.NullMarked;
