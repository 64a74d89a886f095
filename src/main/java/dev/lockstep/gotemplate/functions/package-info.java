/**
 * What templates may call besides Go's own functions: Sprig's, without those that reach out of the
 * template, and ESO's. {@link dev.lockstep.gotemplate.functions.FunctionLibrary} has them all.
 *
 * <p>They do as Sprig 3.3 does, with Go's results, types and errors, since a template that renders
 * otherwise is a changed Secret. Panics of Go are errors here. Nothing is loaded before a template
 * calls it.
 */
@NullMarked
package dev.lockstep.gotemplate.functions;

import org.jspecify.annotations.NullMarked;
