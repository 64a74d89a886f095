/** Kubernetes I/O, on the real API server where meaning matters. */
package dev.lockstep.cluster;
