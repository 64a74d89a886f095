package dev.lockstep.aws;

import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.Identity;
import dev.lockstep.source.ServiceAccounts;
import dev.lockstep.source.SourceException;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;

/** Builds the credentials that a claim describes. */
final class CredentialChains {
    private final ServiceAccounts accounts;
    private final CredentialSecrets secrets;
    private final OperatorCredentials operator;
    private final AwsClients clients;
    private final Calls calls;

    CredentialChains(
            ServiceAccounts accounts,
            CredentialSecrets secrets,
            OperatorCredentials operator,
            AwsClients clients,
            Calls calls) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.operator = operator;
        this.clients = clients;
        this.calls = calls;
    }

    /**
     * Nothing is asked of AWS yet: that is done when the chain's credentials are first resolved.
     *
     * @throws SourceException CredentialsMissing when a Secret lacks what the store refers to
     */
    CredentialChain of(Claim claim) throws SourceException {
        var region = claim.identity().region();
        var sts = sts(region, claim.retries(), claim.credentials());
        return first(claim.credentials(), region, sts).assuming(claim.identity().roles(), sts);
    }

    private StsClient sts(String region, Retries retries, CredentialSource source) {
        return new TranslatedSts(() -> clients.sts(region, retries), calls, source.subject());
    }

    private CredentialChain first(CredentialSource source, String region, StsClient sts)
            throws SourceException {
        if (source instanceof CredentialSource.ServiceAccountToken token) {
            var account = token.identity();
            var provider =
                    WebIdentity.provider(
                            sts, account.roleArn(), account.sessionName(), () -> tokenOf(account));
            return CredentialChain.of(provider).owning(provider);
        }
        if (source instanceof CredentialSource.StaticKeys keys) {
            return CredentialChain.of(
                    StaticCredentialsProvider.create(StaticCredentials.read(secrets, keys)));
        }
        // Shared by stores, so no store's own retry settings apply.
        return CredentialChain.of(operator.in(region, sts(region, Retries.STANDARD, source)));
    }

    /** An account made again under the same name is another identity and gets no token here. */
    private String tokenOf(Identity.Credentials.ServiceAccountToken account)
            throws SourceException {
        var same =
                accounts.find(account.namespace(), account.name())
                        .filter(found -> found.uid().equals(account.uid()));
        if (same.isEmpty()) {
            throw Claims.missing(
                    "ServiceAccount %s/%s does not exist any more: create it, or correct auth.jwt.serviceAccountRef of the store"
                            .formatted(account.namespace(), account.name()));
        }
        return accounts.token(account.namespace(), account.name(), account.audiences()).utf8();
    }
}
