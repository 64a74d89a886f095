package dev.lockstep.sandbox.embedded;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a request goes: a collection, an object in it, or a subresource of that. Parts that a path
 * does not have are empty.
 *
 * @param groupVersion with its root: {@code api/v1}, {@code apis/external-secrets.io/v1}
 */
record ApiPath(
        String groupVersion, String namespace, String resource, String name, String subresource) {

    private static final Pattern PATTERN =
            Pattern.compile(
                    "/(?<groupVersion>api/v1|apis/[^/]+/[^/]+)"
                            + "(/namespaces/(?<namespace>[^/]+))?"
                            + "/(?<resource>[^/]+)(/(?<name>[^/]+)(/(?<subresource>[^/]+))?)?");

    /** Reads a path without its query; empty when it names no resource. */
    static Optional<ApiPath> parse(String path) {
        var matcher = PATTERN.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new ApiPath(
                        matcher.group("groupVersion"),
                        orEmpty(matcher.group("namespace")),
                        matcher.group("resource"),
                        orEmpty(matcher.group("name")),
                        orEmpty(matcher.group("subresource"))));
    }

    ApiPath named(String newName) {
        return new ApiPath(groupVersion, namespace, resource, newName, subresource);
    }

    boolean is(String plural, String ofSubresource) {
        return resource.equals(plural) && subresource.equals(ofSubresource);
    }

    boolean isStatus() {
        return subresource.equals("status");
    }

    String collection() {
        var inNamespace = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
        return "/" + groupVersion + inNamespace + "/" + resource;
    }

    /** The object itself, also when this is the path of a subresource. */
    String object() {
        return collection() + "/" + name;
    }

    /** As RBAC names it: {@code externalsecrets/status}. */
    String qualifiedResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }
}
