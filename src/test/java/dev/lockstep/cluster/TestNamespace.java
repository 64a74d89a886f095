package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A namespace of its own for a test, and Secrets in it. */
record TestNamespace(KubernetesClient client, String name) {

    static TestNamespace create(KubernetesClient client) {
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("cluster-");
        var made = client.resource(fresh.endMetadata().build()).create();
        return new TestNamespace(client, made.getMetadata().getName());
    }

    Secret secret(String secret) {
        return client.secrets().inNamespace(name).withName(secret).get();
    }

    Secret create(SecretBuilder secret) {
        return client.resource(secret.editOrNewMetadata().withNamespace(name).endMetadata().build())
                .create();
    }

    /** Changes one key as a person would. */
    void edit(String secret, String key, String value) {
        client.secrets()
                .inNamespace(name)
                .withName(secret)
                .edit(s -> new SecretBuilder(s).addToData(key, base64(value)).build());
    }

    Map<String, String> data(String secret) {
        return decoded(secret(secret));
    }

    static SecretBuilder aSecret(String name, Map<String, String> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach((key, value) -> encoded.put(key, base64(value)));
        return new SecretBuilder().withNewMetadata().withName(name).endMetadata().withData(encoded);
    }

    static Map<String, String> decoded(Secret secret) {
        var decoded = new TreeMap<String, String>();
        LiveSecret.data(secret).forEach((key, value) -> decoded.put(key, value.utf8()));
        return decoded;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
