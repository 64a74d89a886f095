package dev.lockstep.aws;

import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.Store;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a store as AWS would see it. Pure: the spec alone tells. */
final class StoreProblems {
    private StoreProblems() {}

    /** The first problem, with the field and what to write there; empty when there is none. */
    static Optional<String> first(Store store) {
        var aws = store.spec().provider().aws();
        if (aws == null) {
            return Optional.of("spec.provider.aws is missing: Lockstep serves AWS alone");
        }
        return Stream.of(
                        region(aws),
                        auth(aws.auth()),
                        roles(aws),
                        Retries.problem(store.spec().retrySettings()).map("spec."::concat))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> region(AwsProvider aws) {
        return Regions.known(aws.region())
                ? Optional.empty()
                : Optional.of(
                        "spec.provider.aws.region '%s' is no AWS region: write one such as eu-west-1"
                                .formatted(aws.region()));
    }

    private static Optional<String> auth(@Nullable AwsAuth auth) {
        if (auth == null) {
            return Optional.empty();
        }
        if (auth.jwt() != null) {
            var account = auth.jwt().serviceAccountRef();
            return account == null || account.name().isEmpty()
                    ? incomplete("jwt.serviceAccountRef", "the name of a ServiceAccount")
                    : Optional.empty();
        }
        var refs = auth.secretRef();
        if (refs == null) {
            return Optional.empty();
        }
        if (!isComplete(refs.accessKeyIDSecretRef())) {
            return incomplete("secretRef.accessKeyIDSecretRef", "name and key of a Secret");
        }
        if (!isComplete(refs.secretAccessKeySecretRef())) {
            return incomplete("secretRef.secretAccessKeySecretRef", "name and key of a Secret");
        }
        return refs.sessionTokenSecretRef() == null || isComplete(refs.sessionTokenSecretRef())
                ? Optional.empty()
                : incomplete("secretRef.sessionTokenSecretRef", "name and key of a Secret");
    }

    private static Optional<String> incomplete(String field, String needs) {
        return Optional.of("spec.provider.aws.auth.%s needs %s".formatted(field, needs));
    }

    private static boolean isComplete(@Nullable SecretKeySelector selector) {
        return selector != null && selector.name() != null && selector.key() != null;
    }

    private static Optional<String> roles(AwsProvider aws) {
        return Stream.concat(aws.additionalRoles().stream(), Stream.ofNullable(aws.role()))
                .filter(role -> !role.isEmpty() && !role.startsWith("arn:"))
                .findFirst()
                .map(
                        role ->
                                "role '%s' is no ARN: write it as arn:aws:iam::<account>:role/<name>"
                                        .formatted(role));
    }
}
