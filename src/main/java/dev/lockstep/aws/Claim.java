package dev.lockstep.aws;

import dev.lockstep.source.Identity;

/**
 * Who a store says it is. Worth nothing until {@link AwsSecretSources} has proved it by way of
 * {@code credentials}.
 *
 * @param retries no part of the identity: AWS neither allows nor logs anything by it
 */
record Claim(Identity identity, CredentialSource credentials, Retries retries) {}
