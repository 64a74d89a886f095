/** The whole operator at work, on the sandbox: what a user sees of it. */
package dev.lockstep.operator;
