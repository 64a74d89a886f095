package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The operations that change nothing. */
final class SecretReads {

    private static final int LIST_PAGE = 100;
    private static final int BATCH = 20;

    private final Regions regions;
    private final Iam iam;
    private final SecretAccess access;

    SecretReads(Regions regions, Iam iam, SecretAccess access) {
        this.regions = regions;
        this.iam = iam;
        this.access = access;
    }

    ObjectNode list(AwsRequest request, Principal caller) {
        iam.check(caller, "ListSecrets");
        if (request.has("SortBy") || request.has("SortOrder")) {
            throw AwsError.invalidParameter("the sandbox lists in order of creation only");
        }
        var planned = request.input().path("IncludePlannedDeletion").asBoolean();
        var page = Page.of(matching(request, caller, planned), request, LIST_PAGE);
        var answer = Json.object();
        var list = answer.putArray("SecretList");
        page.secrets().forEach(s -> list.add(s.description("SecretVersionsToStages")));
        page.writeToken(answer);
        return answer;
    }

    ObjectNode describe(AwsRequest request, Principal caller) {
        return access.find(request, caller, "DescribeSecret", request.text("SecretId"))
                .description("VersionIdsToStages");
    }

    ObjectNode value(AwsRequest request, Principal caller) {
        var id = request.text("SecretId");
        return access.value(request, caller, id, VersionChoice.of(request));
    }

    ObjectNode values(AwsRequest request, Principal caller) {
        iam.check(caller, "BatchGetSecretValue");
        var ids = Json.texts(request.input().path("SecretIdList"));
        var filters = request.input().path("Filters");
        if (ids.isEmpty() == filters.isEmpty()) {
            throw AwsError.invalidParameter(
                    "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
        }
        if (ids.size() > BATCH) {
            throw AwsError.constraint(
                    "secretIdList", "Member must have length less than or equal to " + BATCH);
        }
        if (filters.isEmpty() && request.has("MaxResults")) {
            throw AwsError.invalidParameter(
                    "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
        }
        if (filters.isEmpty()) {
            return currentValues(request, caller, ids);
        }
        iam.check(caller, "ListSecrets");
        var page = Page.of(matching(request, caller, false), request, BATCH);
        var arns = page.secrets().stream().map(Secret::arn).toList();
        var answer = currentValues(request, caller, arns);
        page.writeToken(answer);
        return answer;
    }

    private List<Secret> matching(AwsRequest request, Principal caller, boolean planned) {
        var filters = Filters.of(request.input().path("Filters"));
        return regions.listed(caller.account(), request.signature().region()).stream()
                .filter(secret -> planned || !secret.isMarkedForDeletion())
                .filter(filters)
                .toList();
    }

    /** What cannot be had is told beside the rest. */
    private ObjectNode currentValues(AwsRequest request, Principal caller, List<String> ids) {
        var answer = Json.object();
        var values = answer.putArray("SecretValues");
        var errors = answer.putArray("Errors");
        for (var id : ids) {
            try {
                values.add(access.value(request, caller, id, VersionChoice.CURRENT));
            } catch (AwsError error) {
                errors.addObject()
                        .put("SecretId", id)
                        .put("ErrorCode", error.code())
                        .put("Message", error.getMessage());
            }
        }
        return answer;
    }
}
