package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;

/** A Kubernetes token exchanged for a role's credentials (IRSA). */
final class WebIdentity {
    private WebIdentity() {}

    /** Where tokens come from; asked again at every refresh. */
    @FunctionalInterface
    interface Tokens {
        String token() throws SourceException;
    }

    static StsAssumeRoleWithWebIdentityCredentialsProvider provider(
            StsClient sts, String roleArn, String sessionName, Tokens tokens) {
        return StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(() -> request(roleArn, sessionName, tokens))
                .build();
    }

    private static AssumeRoleWithWebIdentityRequest request(
            String roleArn, String sessionName, Tokens tokens) {
        try {
            return AssumeRoleWithWebIdentityRequest.builder()
                    .roleArn(roleArn)
                    .roleSessionName(sessionName)
                    .webIdentityToken(tokens.token())
                    .build();
        } catch (SourceException e) {
            throw new CredentialFailure(e);
        }
    }
}
