package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEndpointTest {

    static Stream<Arguments> variables() {
        return Stream.of(
                argumentSet(
                        "the SDK's",
                        AwsEndpoint.SECRETS_MANAGER,
                        Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://a")),
                argumentSet(
                        "the SDK's", AwsEndpoint.STS, Map.of("AWS_ENDPOINT_URL_STS", "https://a")),
                argumentSet(
                        "the SDK's", AwsEndpoint.SSM, Map.of("AWS_ENDPOINT_URL_SSM", "https://a")),
                argumentSet(
                        "ESO's",
                        AwsEndpoint.SECRETS_MANAGER,
                        Map.of("AWS_SECRETSMANAGER_ENDPOINT", "https://a")),
                argumentSet("ESO's", AwsEndpoint.STS, Map.of("AWS_STS_ENDPOINT", "https://a")),
                argumentSet("ESO's", AwsEndpoint.SSM, Map.of("AWS_SSM_ENDPOINT", "https://a")),
                argumentSet(
                        "every service's",
                        AwsEndpoint.STS,
                        Map.of("AWS_ENDPOINT_URL", "https://a")),
                argumentSet(
                        "the SDK's before ESO's",
                        AwsEndpoint.STS,
                        Map.of(
                                "AWS_ENDPOINT_URL_STS", "https://a",
                                "AWS_STS_ENDPOINT", "https://b")),
                argumentSet(
                        "ESO's before every service's",
                        AwsEndpoint.STS,
                        Map.of("AWS_STS_ENDPOINT", "https://a", "AWS_ENDPOINT_URL", "https://b")),
                argumentSet(
                        "an empty one counts as absent",
                        AwsEndpoint.STS,
                        Map.of("AWS_ENDPOINT_URL_STS", " ", "AWS_STS_ENDPOINT", "https://a")));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void variable_overridesTheEndpoint(AwsEndpoint service, Map<String, String> environment) {
        assertThat(service.override(environment)).contains(URI.create("https://a"));
    }

    @Test
    void nothingSet_leavesTheEndpointToTheRegion() {
        assertThat(AwsEndpoint.overrides(Map.of("AWS_REGION", "eu-west-1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sts.eu-west-1.amazonaws.com", "ftp://a", "https://", "https://a b"})
    void noUrl_isRefusedByTheVariablesName(String value) {
        assertThatThrownBy(() -> AwsEndpoint.overrides(Map.of("AWS_STS_ENDPOINT", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "environment variable AWS_STS_ENDPOINT is '%s'".formatted(value));
    }
}
