/**
 * A Kubernetes API in memory: Fabric8's mock server in CRUD mode, with what an operator needs
 * beyond it.
 *
 * <p>It approximates. Nothing is checked against a schema or RBAC, lists are not paged, fields set
 * without server-side apply have no manager: what such things mean is tested on the real API
 * server. What it cannot do it refuses, rather than answering something else.
 */
package dev.lockstep.sandbox.embedded;
