/**
 * AWS Secrets Manager behind the {@code source} port: identities and their proof, credentials,
 * clients, limits, and the translation of every error into {@link
 * dev.lockstep.source.SourceFailure}. The only room that knows the AWS SDK.
 */
@NullMarked
package dev.lockstep.aws;

import org.jspecify.annotations.NullMarked;
