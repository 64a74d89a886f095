/**
 * The custom resources as Java types: ExternalSecret, SecretStore and ClusterSecretStore of {@code
 * external-secrets.io/v1}. {@code crds/} is generated from them.
 *
 * <p>Components have the names of the API's fields. An absent list or map is empty, a required text
 * that is missing is {@code ""}, any other absent field is null. Enumerated fields are text,
 * because a resource that names a value of a newer API must be parsed before it can be refused; the
 * enums beside them have the API's own spelling, so that no table of names can go wrong. Properties
 * that a type does not know are kept in its {@code unknown} component and written back unchanged;
 * {@link dev.lockstep.api.Unknown} finds both. All types are immutable and hold no secret values.
 */
@NullMarked
package dev.lockstep.api;

import org.jspecify.annotations.NullMarked;
