package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the API says about itself: its version, and groups and schemas of the CRDs it was given. */
final class Discovery {

    /** The lowest version that Lockstep supports. */
    private static final String VERSION = "v1.30.0+sandbox";

    private static final String[] VERBS = {
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"
    };

    /** The core resources that somebody with kubectl will want to see here. */
    private static final List<Resource> CORE =
            List.of(
                    new Resource("configmaps", "ConfigMap", true, List.of("cm")),
                    new Resource("events", "Event", true, List.of("ev")),
                    new Resource("namespaces", "Namespace", false, List.of("ns")),
                    new Resource("secrets", "Secret", true, List.of()),
                    new Resource("serviceaccounts", "ServiceAccount", true, List.of("sa")));

    private record Resource(
            String plural, String kind, boolean namespaced, List<String> shortNames) {

        static Resource of(JsonNode crd) {
            var shortNames = new ArrayList<String>();
            crd.at("/spec/names/shortNames").forEach(name -> shortNames.add(name.asText()));
            return new Resource(
                    crd.at("/spec/names/plural").asText(),
                    crd.at("/spec/names/kind").asText(),
                    crd.at("/spec/scope").asText().equals("Namespaced"),
                    shortNames);
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Discovery() {}

    /** The answer for a path that names no resource; empty when there is nothing there. */
    static Optional<ObjectNode> answer(String path, List<JsonNode> crds) {
        if (path.equals("/version")) {
            return Optional.of(
                    JSON.objectNode()
                            .put("major", "1")
                            .put("minor", "30")
                            .put("gitVersion", VERSION));
        }
        var parts = path.substring(1).split("/");
        if (path.startsWith("/openapi/v3/apis/") && parts.length == 5) {
            return openApi(parts[3], parts[4], crds);
        }
        if (path.startsWith("/apis/") && parts.length == 3) {
            return resources(parts[1], parts[2], crds);
        }
        return switch (path) {
            case "/openapi/v3" -> Optional.of(openApiIndex(crds));
            case "/api" -> Optional.of(coreVersions());
            case "/api/v1" -> Optional.of(resourceList("v1", CORE));
            case "/apis" -> Optional.of(groups(crds));
            default -> Optional.empty();
        };
    }

    private static ObjectNode openApiIndex(List<JsonNode> crds) {
        var index = JSON.objectNode();
        var paths = index.putObject("paths");
        for (var crd : crds) {
            for (var version : servedVersions(crd)) {
                var path = "apis/" + group(crd) + "/" + version.path("name").asText();
                paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
            }
        }
        return index;
    }

    private static Optional<ObjectNode> openApi(String group, String version, List<JsonNode> crds) {
        var document = JSON.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", VERSION);
        document.putObject("paths");
        var schemas = document.putObject("components").putObject("schemas");
        for (var crd : crds) {
            servedVersion(crd, group, version).ifPresent(served -> addSchema(schemas, crd, served));
        }
        return schemas.isEmpty() ? Optional.empty() : Optional.of(document);
    }

    private static void addSchema(ObjectNode schemas, JsonNode crd, JsonNode version) {
        var kind = crd.at("/spec/names/kind").asText();
        var name = version.path("name").asText();
        var reversed = new ArrayList<>(List.of(group(crd).split("\\.")));
        Collections.reverse(reversed);
        ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
        schema.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", group(crd))
                .put("kind", kind)
                .put("version", name);
        schemas.set(String.join(".", reversed) + "." + name + "." + kind, schema);
    }

    private static ObjectNode groups(List<JsonNode> crds) {
        var byName = JSON.objectNode();
        for (var crd : crds) {
            var group = byName.withObject("/" + group(crd)).put("name", group(crd));
            var versions = group.withArray("/versions");
            for (var served : servedVersions(crd)) {
                var name = served.path("name").asText();
                var version =
                        JSON.objectNode()
                                .put("groupVersion", group(crd) + "/" + name)
                                .put("version", name);
                if (!contains(versions, version)) {
                    versions.add(version);
                }
                group.set("preferredVersion", versions.get(0));
            }
        }
        var list = JSON.objectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        byName.forEach(list.putArray("groups")::add);
        return list;
    }

    private static Optional<ObjectNode> resources(
            String group, String version, List<JsonNode> crds) {
        var served =
                crds.stream()
                        .filter(crd -> servedVersion(crd, group, version).isPresent())
                        .map(Resource::of)
                        .toList();
        return served.isEmpty()
                ? Optional.empty()
                : Optional.of(resourceList(group + "/" + version, served));
    }

    private static ObjectNode resourceList(String groupVersion, List<Resource> served) {
        var list = JSON.objectNode().put("kind", "APIResourceList").put("apiVersion", "v1");
        var resources = list.put("groupVersion", groupVersion).putArray("resources");
        for (var resource : served) {
            var entry = resources.addObject();
            entry.put("name", resource.plural).put("singularName", "").put("kind", resource.kind);
            entry.put("namespaced", resource.namespaced);
            resource.shortNames.forEach(entry.putArray("shortNames")::add);
            List.of(VERBS).forEach(entry.putArray("verbs")::add);
        }
        return list;
    }

    private static ObjectNode coreVersions() {
        var versions = JSON.objectNode().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private static Optional<JsonNode> servedVersion(JsonNode crd, String group, String version) {
        return group(crd).equals(group)
                ? servedVersions(crd).stream()
                        .filter(served -> served.path("name").asText().equals(version))
                        .findFirst()
                : Optional.empty();
    }

    private static List<JsonNode> servedVersions(JsonNode crd) {
        var served = new ArrayList<JsonNode>();
        for (var version : crd.at("/spec/versions")) {
            if (version.path("served").asBoolean()) {
                served.add(version);
            }
        }
        return served;
    }

    private static String group(JsonNode crd) {
        return crd.at("/spec/group").asText();
    }

    private static boolean contains(Iterable<JsonNode> nodes, JsonNode node) {
        for (var other : nodes) {
            if (other.equals(node)) {
                return true;
            }
        }
        return false;
    }
}
