/**
 * Go's text/template in Java. Pure: a template, its values, an instant and randomness in; bytes or
 * a {@link dev.lockstep.gotemplate.TemplateFailure} out.
 *
 * <p>To render: {@link dev.lockstep.gotemplate.Templates#parse} (cached) or {@link
 * dev.lockstep.gotemplate.Template#parse}, then {@link dev.lockstep.gotemplate.Template#execute}.
 *
 * <p>To add a function: {@link dev.lockstep.gotemplate.TemplateFunction#named}, saying which Go
 * types it takes as its Go signature does. The engine then checks number and types of arguments, in
 * Go's words; the body sees values of these types alone. It fails by {@link
 * dev.lockstep.gotemplate.value.FunctionException}, takes time and randomness from {@link
 * dev.lockstep.gotemplate.Run} and charges there, before it does the work, what a template could
 * make it do too much of.
 */
@NullMarked
package dev.lockstep.gotemplate;

import org.jspecify.annotations.NullMarked;
