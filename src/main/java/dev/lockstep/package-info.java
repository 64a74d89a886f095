/** Lockstep: an operator that keeps Kubernetes Secrets in step with AWS Secrets Manager. */
package dev.lockstep;
