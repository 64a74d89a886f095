package dev.lockstep.crds;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * A namespace for the resources of one test. They are deleted at the end, because an operator that
 * a later test starts on the same server would serve them.
 */
final class ScratchNamespace implements AutoCloseable {

    private static final String API_VERSION = "external-secrets.io/v1";

    private final KubernetesClient client;
    private final String name;

    ScratchNamespace(KubernetesClient client) {
        this.client = client;
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("crds-");
        name = client.resource(fresh.endMetadata().build()).create().getMetadata().getName();
    }

    String name() {
        return name;
    }

    GenericKubernetesResource create(GenericKubernetesResource resource) {
        return kind(resource.getKind()).resource(resource).create();
    }

    /** The answer to a creation of which nothing stays. */
    GenericKubernetesResource tryToCreate(GenericKubernetesResource resource) {
        var kind = client.genericKubernetesResources(resource.getApiVersion(), resource.getKind());
        return resource.getKind().startsWith("Cluster")
                ? kind.resource(resource).dryRun().create()
                : kind.inNamespace(name).resource(resource).dryRun().create();
    }

    NonNamespaceOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            kind(String kind) {
        return client.genericKubernetesResources(API_VERSION, kind).inNamespace(name);
    }

    @Override
    public void close() {
        kind("ExternalSecret").delete();
        kind("SecretStore").delete();
        client.namespaces().withName(name).delete();
    }
}
