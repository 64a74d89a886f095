package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The two calls that the SDK's credential providers make, with failures translated where it is
 * known which role they are about; {@link CredentialFailure} carries them through the SDK.
 */
final class TranslatedSts implements StsClient {
    private static final String SERVICE = "STS";

    private final Supplier<StsClient> sts;
    private final Calls calls;
    private final String subject;

    /**
     * @param sts asked for at each call, since idle clients are closed
     * @param subject whose credentials are exchanged, in an admin's words
     */
    TranslatedSts(Supplier<StsClient> sts, Calls calls, String subject) {
        this.sts = sts;
        this.calls = calls;
        this.subject = subject;
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        return call(
                new StsErrors("AssumeRole", request.roleArn(), subject),
                () -> sts.get().assumeRole(request),
                AssumeRoleResponse::credentials);
    }

    @Override
    public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
            AssumeRoleWithWebIdentityRequest request) {
        return call(
                new StsErrors("AssumeRoleWithWebIdentity", request.roleArn(), subject),
                () -> sts.get().assumeRoleWithWebIdentity(request),
                AssumeRoleWithWebIdentityResponse::credentials);
    }

    private <T> T call(StsErrors errors, Supplier<T> call, CredentialsOf<T> credentials) {
        try {
            return calls.run(
                    SERVICE,
                    errors.operation(),
                    () -> complete(call.get(), credentials, errors),
                    errors::translate);
        } catch (SourceException e) {
            throw new CredentialFailure(e);
        }
    }

    private static <T> T complete(T answer, CredentialsOf<T> credentials, StsErrors errors)
            throws SourceException {
        var given = credentials.of(answer);
        if (given == null || given.accessKeyId() == null || given.secretAccessKey() == null) {
            throw new SourceException(
                    new Unreachable("STS " + errors.operation(), "answer without credentials"));
        }
        return answer;
    }

    @FunctionalInterface
    private interface CredentialsOf<T> {
        @Nullable Credentials of(T answer);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** The client is shared and stays open. */
    @Override
    public void close() {}
}
