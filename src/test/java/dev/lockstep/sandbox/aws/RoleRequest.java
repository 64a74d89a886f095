package dev.lockstep.sandbox.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for the credentials of a role, granted or not.
 *
 * @param caller ARN of who asked; empty when a token stood for that
 * @param externalId empty when none was given
 * @param durationSeconds null when left to AWS
 * @param token null for AssumeRole
 */
public record RoleRequest(
        String caller,
        String roleArn,
        String sessionName,
        String externalId,
        Map<String, String> tags,
        List<String> transitiveTagKeys,
        @Nullable Integer durationSeconds,
        @Nullable WebIdentity token) {

    static RoleRequest of(AwsRequest request, String caller, @Nullable WebIdentity token) {
        var tags = new LinkedHashMap<String, String>();
        for (var i = 1; request.has("Tags.member." + i + ".Key"); i++) {
            tags.put(
                    request.text("Tags.member." + i + ".Key"),
                    request.text("Tags.member." + i + ".Value"));
        }
        var transitive = new ArrayList<String>();
        for (var i = 1; request.has("TransitiveTagKeys.member." + i); i++) {
            transitive.add(request.text("TransitiveTagKeys.member." + i));
        }
        return new RoleRequest(
                caller,
                request.text("RoleArn"),
                request.text("RoleSessionName"),
                request.text("ExternalId"),
                tags,
                transitive,
                request.has("DurationSeconds")
                        ? Integer.valueOf(request.text("DurationSeconds"))
                        : null,
                token);
    }
}
