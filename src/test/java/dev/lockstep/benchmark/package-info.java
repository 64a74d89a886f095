/**
 * What the operator costs and how fast it is, measured on a real API server; nothing is asserted.
 */
package dev.lockstep.benchmark;
