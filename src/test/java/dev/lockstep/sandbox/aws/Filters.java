package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The filters of ListSecrets and BatchGetSecretValue: a secret must pass each of them, by any of
 * its values; a value is the beginning of what it looks for, or not, after an exclamation mark.
 */
final class Filters {

    private static final int MOST = 10;

    private Filters() {}

    static Predicate<Secret> of(JsonNode filters) {
        if (filters.size() > MOST) {
            throw AwsError.constraint(
                    "filters", "Member must have length less than or equal to 10");
        }
        return Json.elements(filters)
                .map(Filters::one)
                .reduce(Predicate::and)
                .orElse(secret -> true);
    }

    private static Predicate<Secret> one(JsonNode filter) {
        var key = filter.path("Key").asText();
        var values = Json.texts(filter.path("Values"));
        return switch (key) {
            case "name" -> secret -> passes(List.of(secret.name()), values);
            case "tag-key" -> secret -> passes(secret.tags().keySet(), values);
            case "tag-value" -> secret -> passes(secret.tags().values(), values);
            default ->
                    throw AwsError.invalidParameter("the sandbox has no filter by '" + key + "'");
        };
    }

    private static boolean passes(Collection<String> attributes, List<String> values) {
        return values.stream()
                .anyMatch(
                        value ->
                                value.startsWith("!")
                                        ? attributes.stream()
                                                .noneMatch(a -> a.startsWith(value.substring(1)))
                                        : attributes.stream().anyMatch(a -> a.startsWith(value)));
    }
}
