package dev.lockstep.aws;

import dev.lockstep.source.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of one identity: its first ones, and each role assumed with those before it. The
 * SDK's providers cache the session of every link until it nears its end.
 *
 * @param owned the providers that go with this identity; shared ones are not among them
 */
record CredentialChain(AwsCredentialsProvider last, List<SdkAutoCloseable> owned)
        implements AutoCloseable {

    CredentialChain {
        owned = List.copyOf(owned);
    }

    /** A chain that ends with the first credentials. */
    static CredentialChain of(AwsCredentialsProvider first) {
        return new CredentialChain(first, List.of());
    }

    /** The same with {@code provider} owned. */
    CredentialChain owning(SdkAutoCloseable provider) {
        var all = new ArrayList<>(owned);
        all.add(provider);
        return new CredentialChain(last, all);
    }

    CredentialChain assuming(List<Identity.AssumedRole> roles, StsClient sts) {
        var chain = this;
        for (var role : roles) {
            var provider =
                    StsAssumeRoleCredentialsProvider.builder()
                            .stsClient(sts)
                            .refreshRequest(request(role, chain.last))
                            .build();
            chain = new CredentialChain(provider, chain.owned).owning(provider);
        }
        return chain;
    }

    private static AssumeRoleRequest request(
            Identity.AssumedRole role, AwsCredentialsProvider caller) {
        var request =
                AssumeRoleRequest.builder()
                        .roleArn(role.arn())
                        .roleSessionName(role.sessionName())
                        .overrideConfiguration(o -> o.credentialsProvider(caller));
        if (!role.externalId().isEmpty()) {
            request.externalId(role.externalId());
        }
        if (!role.sessionTags().isEmpty()) {
            request.tags(
                    role.sessionTags().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                            .toList());
        }
        if (!role.transitiveTagKeys().isEmpty()) {
            request.transitiveTagKeys(role.transitiveTagKeys());
        }
        return request.build();
    }

    @Override
    public void close() {
        owned.forEach(SdkAutoCloseable::close);
    }
}
