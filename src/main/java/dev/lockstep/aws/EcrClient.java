package dev.lockstep.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.source.IssuedToken;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * The one operation of ECR and of ECR Public that is needed, signed and sent over the SDK's own
 * HTTP client: a whole service module each for one empty request is not worth their weight.
 */
final class EcrClient {
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SdkHttpClient http;
    private final Map<AwsEndpoint, URI> overrides;
    private final boolean fips;
    private final boolean dualStack;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    EcrClient(
            SdkHttpClient http, Map<AwsEndpoint, URI> overrides, Map<String, String> environment) {
        this.http = http;
        this.overrides = Map.copyOf(overrides);
        this.fips = isOn(environment, "AWS_USE_FIPS_ENDPOINT");
        this.dualStack = isOn(environment, "AWS_USE_DUALSTACK_ENDPOINT");
    }

    private static boolean isOn(Map<String, String> environment, String variable) {
        return "true".equalsIgnoreCase(environment.getOrDefault(variable, "").strip());
    }

    /** Which of the two services. */
    enum Registry {
        PRIVATE(
                AwsEndpoint.ECR,
                "ECR",
                "api.ecr",
                "ecr",
                "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"),
        PUBLIC(
                AwsEndpoint.ECR_PUBLIC,
                "ECRPublic",
                "api.ecr-public",
                "ecr-public",
                "SpencerFrontendService.GetAuthorizationToken");

        private final AwsEndpoint endpoint;
        private final String service;
        private final String host;
        private final String signingName;
        private final String target;

        Registry(
                AwsEndpoint endpoint,
                String service,
                String host,
                String signingName,
                String target) {
            this.endpoint = endpoint;
            this.service = service;
            this.host = host;
            this.signingName = signingName;
            this.target = target;
        }

        String service() {
            return service;
        }

        String operation() {
            return "GetAuthorizationToken";
        }

        String action() {
            return signingName + ":" + operation();
        }
    }

    IssuedToken authorizationToken(
            Registry registry, String region, AwsCredentials credentials, TokenErrors errors)
            throws SourceException {
        try {
            return answered(registry, send(registry, region, credentials), errors);
        } catch (IOException e) {
            throw errors.translate(new UncheckedIOException(e));
        }
    }

    private HttpExecuteResponse send(Registry registry, String region, AwsCredentials credentials)
            throws IOException {
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint(registry, region))
                        .putHeader("Content-Type", CONTENT_TYPE)
                        .putHeader("Content-Length", String.valueOf(EMPTY.length))
                        .putHeader("X-Amz-Target", registry.target)
                        .build();
        SignedRequest signed =
                signer.sign(
                        r ->
                                r.identity(credentials)
                                        .request(request)
                                        .payload(EcrClient::stream)
                                        .putProperty(
                                                AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                registry.signingName)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return http.prepareRequest(
                        HttpExecuteRequest.builder()
                                .request(signed.request())
                                .contentStreamProvider(signed.payload().orElse(EcrClient::stream))
                                .build())
                .call();
    }

    private static InputStream stream() {
        return new ByteArrayInputStream(EMPTY);
    }

    URI endpoint(Registry registry, String region) {
        var override = overrides.get(registry.endpoint);
        if (override != null) {
            return override;
        }
        var key = ServiceEndpointKey.builder().region(Region.of(region));
        var tags = new ArrayList<EndpointTag>();
        if (fips) {
            tags.add(EndpointTag.FIPS);
        }
        if (dualStack) {
            tags.add(EndpointTag.DUALSTACK);
        }
        var host = ServiceMetadata.of(registry.host).endpointFor(key.tags(tags).build());
        return URI.create("https://" + host);
    }

    private static IssuedToken answered(
            Registry registry, HttpExecuteResponse answer, TokenErrors errors)
            throws SourceException, IOException {
        var status = answer.httpResponse();
        JsonNode body = JSON.missingNode();
        if (answer.responseBody().isPresent()) {
            try (var in = answer.responseBody().get()) {
                body = json(in.readNBytes(LONGEST_ANSWER));
            }
        }
        if (!status.isSuccessful()) {
            var requestId = status.firstMatchingHeader("x-amzn-requestid").orElse(null);
            throw new SourceException(errors.failure(error(status.statusCode(), body)), requestId);
        }
        return token(registry, body);
    }

    /** What is no JSON, such as a proxy's page, tells nothing. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static AwsError error(int status, JsonNode body) {
        var type = body.path("__type").asText();
        var code = type.substring(type.indexOf('#') + 1);
        var message = body.path("message").asText(body.path("Message").asText());
        return new AwsError(
                code,
                message,
                status,
                status == TOO_MANY_REQUESTS
                        || code.contains("Throttl")
                        || code.equals("TooManyRequestsException"));
    }

    private static IssuedToken token(Registry registry, JsonNode body) throws SourceException {
        var all = body.path("authorizationData");
        var data = all.isArray() ? all.path(0) : all;
        var text = data.path("authorizationToken").asText();
        var expires = data.path("expiresAt").asLong();
        if (text.isEmpty() || expires == 0) {
            throw noToken(registry);
        }
        var values = new TreeMap<String, SecretBytes>();
        try {
            var pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            if (colon < 0) {
                throw noToken(registry);
            }
            values.put("username", SecretBytes.ofUtf8(pair.substring(0, colon)));
            values.put("password", SecretBytes.ofUtf8(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw noToken(registry);
        }
        if (registry == Registry.PRIVATE) {
            values.put("proxy_endpoint", SecretBytes.ofUtf8(data.path("proxyEndpoint").asText()));
        }
        var at = Instant.ofEpochSecond(expires);
        values.put("expires_at", AwsTokens.seconds(at));
        return new IssuedToken(values, at);
    }

    private static SourceException noToken(Registry registry) {
        return new SourceException(
                new Unreachable(
                        registry.service() + " " + registry.operation(), "answer without a token"));
    }
}
