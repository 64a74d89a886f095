package dev.lockstep.source;

/**
 * One version of one secret. The ARN with its random suffix belongs to it: a secret that is deleted
 * and made again with the same client token has the same version id and another ARN.
 */
public record RemoteVersion(String arn, String versionId) {}
