package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** How results and errors are written. */
sealed interface Protocol permits JsonProtocol, QueryProtocol {

    AwsResponse result(JsonNode result, String requestId);

    AwsResponse error(AwsError error, String requestId);
}
