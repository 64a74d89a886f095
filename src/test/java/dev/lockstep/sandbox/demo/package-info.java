/** The demo that README.md begins with: the packaged operator at work, on the sandbox. */
package dev.lockstep.sandbox.demo;
