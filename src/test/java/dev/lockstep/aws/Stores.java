package dev.lockstep.aws;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Stores as admins write them. */
final class Stores {
    private Stores() {}

    /**
     * @param aws the lines below {@code spec.provider.aws}, without service and region
     */
    static SecretStore secretStore(String namespace, String name, String aws) {
        return secretStore(namespace, name, "", aws);
    }

    /** The same of Parameter Store. */
    static SecretStore parameterStore(String namespace, String name, String aws) {
        var yaml =
                yaml("SecretStore", "name: %s, namespace: %s".formatted(name, namespace), "", aws);
        return Serialization.unmarshal(
                yaml.replace("service: SecretsManager", "service: ParameterStore"),
                SecretStore.class);
    }

    static SecretStore secretStore(String namespace, String name, String spec, String aws) {
        return Serialization.unmarshal(
                yaml(
                        "SecretStore",
                        "name: %s, namespace: %s".formatted(name, namespace),
                        spec,
                        aws),
                SecretStore.class);
    }

    static ClusterSecretStore clusterSecretStore(String name, String aws) {
        return Serialization.unmarshal(
                yaml("ClusterSecretStore", "name: " + name, "", aws), ClusterSecretStore.class);
    }

    private static String yaml(String kind, String metadata, String spec, String aws) {
        var region = aws.contains("region:") ? "" : "region: eu-west-1";
        return """
               apiVersion: external-secrets.io/v1
               kind: %s
               metadata: {%s}
               spec:
               %s
                 provider:
                   aws:
                     service: SecretsManager
                     %s
               %s
               """
                .formatted(kind, metadata, spec.indent(2), region, aws.indent(6));
    }
}
