/**
 * An AWS in memory that speaks the real wire protocols over HTTP: Secrets Manager as far as
 * Lockstep and the admins in its tests need it, and the part of STS that gives out credentials.
 *
 * <p>Nothing is signed or encrypted, and there are no policies: everybody may do everything until a
 * test switches something off. What it cannot do it refuses, rather than answering something else.
 * What it can do is held to an AWS emulator that others wrote, by one suite that runs on both.
 */
@NullMarked
package dev.lockstep.sandbox.aws;

import org.jspecify.annotations.NullMarked;
