package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** AWS JSON 1.1, spoken by Secrets Manager. */
record JsonProtocol() implements Protocol {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
    private static final int OK = 200;

    @Override
    public AwsResponse result(JsonNode result, String requestId) {
        return AwsResponse.of(OK, CONTENT_TYPE, Json.write(result));
    }

    @Override
    public AwsResponse error(AwsError error, String requestId) {
        var body = Json.object();
        body.put("__type", error.code());
        // The service itself writes Message, what stands in front of it message.
        body.put(isFromTheFront(error) ? "message" : "Message", error.getMessage());
        return AwsResponse.of(error.status(), CONTENT_TYPE, Json.write(body));
    }

    private static boolean isFromTheFront(AwsError error) {
        return switch (error.code()) {
            case "ThrottlingException",
                    "UnrecognizedClientException",
                    "ExpiredTokenException",
                    "ValidationException" ->
                    true;
            default -> false;
        };
    }
}
