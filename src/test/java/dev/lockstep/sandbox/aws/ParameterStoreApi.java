package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Parameter Store's operations, as far as Lockstep calls them or tests need them. */
final class ParameterStoreApi {
    private static final int PAGE = 50;
    private static final int BATCH = 10;

    private final Parameters parameters;
    private final Iam iam;
    private final Clock clock;

    ParameterStoreApi(Parameters parameters, Iam iam, Clock clock) {
        this.parameters = parameters;
        this.iam = iam;
        this.clock = clock;
    }

    /** Throws {@link AwsError} when the operation is refused. */
    JsonNode answer(AwsRequest request, Principal caller) {
        return switch (request.operation()) {
            case "DescribeParameters" -> describe(request, caller);
            case "GetParameter" -> {
                var name = request.text("Name");
                var answer = Json.object();
                answer.set("Parameter", value(request, caller, "GetParameter", name));
                yield answer;
            }
            case "GetParameters" -> values(request, caller);
            case "ListTagsForResource" -> tags(request, caller);
            case "PutParameter" -> put(request, caller);
            case "DeleteParameter" -> {
                parameters
                        .find(caller, request, request.text("Name"))
                        .orElseThrow(Parameters::notFound);
                parameters.remove(caller, request, request.text("Name"));
                yield Json.object();
            }
            case "LabelParameterVersion" -> label(request, caller);
            case "AddTagsToResource" -> {
                parameters.change(
                        caller,
                        request,
                        request.text("ResourceId"),
                        p -> withTags(p, Tags.of(request)));
                yield Json.object();
            }
            default ->
                    throw AwsError.badRequest(
                            "UnknownOperationException",
                            "the sandbox has no operation '" + request.operation() + "'");
        };
    }

    private ObjectNode describe(AwsRequest request, Principal caller) {
        iam.check(caller, "ssm", "DescribeParameters");
        var size = request.has("MaxResults") ? request.input().get("MaxResults").asInt() : PAGE;
        if (size > PAGE) {
            throw AwsError.constraint(
                    "maxResults", "Member must have value less than or equal to " + PAGE);
        }
        var after = request.text("NextToken");
        var rest =
                parameters.all(caller, request).stream()
                        .filter(p -> p.name().compareTo(after) > 0)
                        .filter(filter(request.input().path("ParameterFilters")))
                        .toList();
        var page = rest.subList(0, Math.min(size, rest.size()));
        var answer = Json.object();
        var list = answer.putArray("Parameters");
        page.forEach(p -> list.add(p.description()));
        if (rest.size() > size) {
            answer.put("NextToken", page.get(size - 1).name());
        }
        return answer;
    }

    private static Predicate<Parameter> filter(JsonNode filters) {
        return Json.elements(filters)
                .map(ParameterStoreApi::oneFilter)
                .reduce(Predicate::and)
                .orElse(p -> true);
    }

    private static Predicate<Parameter> oneFilter(JsonNode filter) {
        var key = filter.path("Key").asText();
        var values = Json.texts(filter.path("Values"));
        return switch (key + " " + filter.path("Option").asText()) {
            case "Name Equals" -> p -> values.contains(p.name());
            case "Path Recursive" ->
                    p -> values.stream().anyMatch(path -> p.name().startsWith(path + "/"));
            default -> {
                if (!key.startsWith("tag:")) {
                    throw AwsError.badRequest(
                            "InvalidFilterKey", "the sandbox has no filter by '" + key + "'");
                }
                yield p -> values.contains(p.tags().get(key.substring("tag:".length())));
            }
        };
    }

    private ObjectNode value(AwsRequest request, Principal caller, String operation, String id) {
        var selectorAt = id.indexOf(':', Math.max(0, id.indexOf(":parameter/") + 1));
        var name = selectorAt < 0 ? id : id.substring(0, selectorAt);
        var found = parameters.find(caller, request, name);
        var arn = name.startsWith("arn:") ? name : Parameters.arn(caller, request, name);
        iam.check(caller, operation, arn, List.of(name, arn));
        var parameter = found.orElseThrow(Parameters::notFound);
        var selector = selectorAt < 0 ? "" : id.substring(selectorAt + 1);
        var version = parameter.version(selector).orElseThrow(() -> noVersion(selector, name));
        var secure = parameter.type().equals("SecureString");
        if (secure && request.input().path("WithDecryption").asBoolean()) {
            iam.checkKms(caller, List.of(parameter.name(), parameter.arn()));
        }
        return parameter.value(version);
    }

    /** Of a label the code that is the harder to understand, as moto has it. */
    private static AwsError noVersion(String selector, String name) {
        return selector.chars().allMatch(Character::isDigit)
                ? AwsError.badRequest(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version of " + name)
                : AwsError.badRequest("ParameterNotFound", "Parameter " + name + " not found.");
    }

    /** Refused as a whole where one of them is, but for those that do not exist. */
    private ObjectNode values(AwsRequest request, Principal caller) {
        var names = Json.texts(request.input().path("Names"));
        if (names.size() > BATCH) {
            throw AwsError.constraint(
                    "names", "Member must have length less than or equal to " + BATCH);
        }
        var answer = Json.object();
        var found = answer.putArray("Parameters");
        var invalid = answer.putArray("InvalidParameters");
        for (var name : names) {
            try {
                found.add(value(request, caller, "GetParameters", name));
            } catch (AwsError e) {
                if (!e.code().startsWith("Parameter")) {
                    throw e;
                }
                invalid.add(name);
            }
        }
        return answer;
    }

    private ObjectNode tags(AwsRequest request, Principal caller) {
        var name = request.text("ResourceId");
        var arn = Parameters.arn(caller, request, name);
        iam.check(caller, "ListTagsForResource", arn, List.of(name, arn));
        var parameter =
                parameters
                        .find(caller, request, name)
                        .orElseThrow(() -> AwsError.badRequest("InvalidResourceId", ""));
        var answer = Json.object();
        var list = answer.putArray("TagList");
        parameter
                .tags()
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return answer;
    }

    private ObjectNode put(AwsRequest request, Principal caller) {
        var name = request.text("Name");
        var before = parameters.find(caller, request, name);
        if (before.isPresent() && !request.input().path("Overwrite").asBoolean()) {
            throw AwsError.badRequest(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        var number = before.map(p -> p.current().number() + 1).orElse(1L);
        var versions = new ArrayList<>(before.map(Parameter::versions).orElse(List.of()));
        versions.add(new Parameter.Version(number, request.text("Value"), clock.instant()));
        parameters.put(
                caller,
                request,
                new Parameter(
                        name,
                        Parameters.arn(caller, request, name),
                        before.map(Parameter::type).orElse(request.text("Type")),
                        versions,
                        before.map(Parameter::labels).orElse(Map.of()),
                        before.map(Parameter::tags).orElse(Tags.of(request))));
        return Json.object().put("Version", number);
    }

    private ObjectNode label(AwsRequest request, Principal caller) {
        parameters.change(
                caller,
                request,
                request.text("Name"),
                p -> {
                    var number =
                            request.has("ParameterVersion")
                                    ? request.input().get("ParameterVersion").asLong()
                                    : p.current().number();
                    var labels = new HashMap<>(p.labels());
                    Json.texts(request.input().path("Labels")).forEach(l -> labels.put(l, number));
                    return new Parameter(
                            p.name(), p.arn(), p.type(), p.versions(), labels, p.tags());
                });
        return Json.object();
    }

    private static Parameter withTags(Parameter p, Map<String, String> more) {
        var tags = new HashMap<>(p.tags());
        tags.putAll(more);
        return new Parameter(p.name(), p.arn(), p.type(), p.versions(), p.labels(), tags);
    }
}
