package dev.lockstep.sandbox.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tags as a request lists them. */
final class Tags {

    private Tags() {}

    static Map<String, String> of(AwsRequest request) {
        var tags = new LinkedHashMap<String, String>();
        request.input()
                .path("Tags")
                .forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }
}
