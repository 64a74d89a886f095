package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreProblemsTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                argumentSet(
                        "unknown region",
                        "region: mars-north-1",
                        "spec.provider.aws.region 'mars-north-1' is no AWS region: write one such as eu-west-1"),
                argumentSet(
                        "jwt without a ServiceAccount",
                        "auth: {jwt: {}}",
                        "spec.provider.aws.auth.jwt.serviceAccountRef needs the name of a ServiceAccount"),
                argumentSet(
                        "no access key",
                        "auth: {secretRef: {secretAccessKeySecretRef: {name: a, key: b}}}",
                        "spec.provider.aws.auth.secretRef.accessKeyIDSecretRef needs name and key of a Secret"),
                argumentSet(
                        "secret key without key",
                        "auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b}, secretAccessKeySecretRef: {name: a}}}",
                        "spec.provider.aws.auth.secretRef.secretAccessKeySecretRef needs name and key of a Secret"),
                argumentSet(
                        "role without ARN",
                        "role: reader",
                        "role 'reader' is no ARN: write it as arn:aws:iam::<account>:role/<name>"),
                argumentSet(
                        "additional role without ARN",
                        "additionalRoles: [hub]",
                        "role 'hub' is no ARN: write it as arn:aws:iam::<account>:role/<name>"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongField_isNamedWithWhatToWrite(String aws, String problem) {
        assertThat(StoreProblems.first(Stores.secretStore("team-a", "aws", aws))).contains(problem);
    }

    @Test
    void wrongRetryInterval_isNamed() {
        var store =
                Stores.secretStore(
                        "team-a", "aws", "retrySettings: {retryInterval: soon}", "prefix: app/");

        assertThat(StoreProblems.first(store))
                .contains("spec.retrySettings.retryInterval 'soon' must be a duration such as 2s");
    }

    @Test
    void storeOfTheOperatorsOwnCredentials_hasNone() {
        assertThat(StoreProblems.first(Stores.secretStore("team-a", "aws", "prefix: app/")))
                .isEmpty();
    }
}
