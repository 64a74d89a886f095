/**
 * From the text of a template to its tree, as Go's text/template/parse does: same trees, same
 * positions, same errors. Texts are raw, one char for each byte, so that positions are Go's.
 */
@NullMarked
package dev.lockstep.gotemplate.parse;

import org.jspecify.annotations.NullMarked;
