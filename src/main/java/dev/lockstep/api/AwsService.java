package dev.lockstep.api;

/** The AWS services that a store can read from. */
public enum AwsService {
    SecretsManager,
    ParameterStore,
    CertificateManager
}
