package dev.lockstep.aws;

import dev.lockstep.api.AwsService;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * AWS services whose endpoint the admin can override, by the SDK's variables and by those that an
 * installation of ESO already has. A tenant's resource never names an endpoint.
 */
enum AwsEndpoint {
    SECRETS_MANAGER("AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_SECRETSMANAGER_ENDPOINT"),
    STS("AWS_ENDPOINT_URL_STS", "AWS_STS_ENDPOINT"),
    SSM("AWS_ENDPOINT_URL_SSM", "AWS_SSM_ENDPOINT"),
    ECR("AWS_ENDPOINT_URL_ECR", "AWS_ECR_ENDPOINT"),
    ECR_PUBLIC("AWS_ENDPOINT_URL_ECR_PUBLIC", "AWS_ECR_PUBLIC_ENDPOINT");

    private static final String EVERY_SERVICE = "AWS_ENDPOINT_URL";

    /** The most specific first. */
    private final List<String> variables;

    AwsEndpoint(String ofSdk, String ofEso) {
        this.variables = List.of(ofSdk, ofEso, EVERY_SERVICE);
    }

    /** Where that service of a store is asked. */
    static AwsEndpoint of(AwsService service) {
        return service == AwsService.ParameterStore ? SSM : SECRETS_MANAGER;
    }

    /**
     * The override in force.
     *
     * @throws IllegalArgumentException when the variable holds no http or https URL; the operator
     *     should not start with it
     */
    Optional<URI> override(Map<String, String> environment) {
        return variables.stream()
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .findFirst()
                .map(variable -> url(variable, environment.get(variable).strip()));
    }

    /** Reads all overrides once, so that a wrong one shows at start and not at the first sync. */
    static Map<AwsEndpoint, URI> overrides(Map<String, String> environment) {
        return Stream.of(values())
                .flatMap(
                        service ->
                                service
                                        .override(environment)
                                        .map(url -> Map.entry(service, url))
                                        .stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static URI url(String variable, String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message for everything that is no URL
        }
        throw new IllegalArgumentException(
                "environment variable %s is '%s': it must be a URL such as https://vpce-1.secretsmanager.eu-west-1.vpce.amazonaws.com"
                        .formatted(variable, text));
    }
}
