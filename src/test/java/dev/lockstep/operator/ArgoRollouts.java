package dev.lockstep.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Argo's kind, as far as a restart needs it; its controller does not run. */
final class ArgoRollouts {
    private static final String VERSION = "argoproj.io/v1alpha1";
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: rollouts.argoproj.io}
            spec:
              group: argoproj.io
              scope: Namespaced
              names: {kind: Rollout, plural: rollouts, singular: rollout, listKind: RolloutList}
              versions:
                - name: v1alpha1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          x-kubernetes-preserve-unknown-fields: true
                          properties: {restartAt: {type: string, format: date-time}}
                        status: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private ArgoRollouts() {}

    /** Before an operator starts, which looks once whether it is there. */
    static void install(KubernetesClient admin) {
        admin.load(Tenant.stream(CRD)).serverSideApply();
        await("Argo's kind").until(() -> admin.getApiResources(VERSION) != null);
    }

    static Resource<GenericKubernetesResource> rollout(
            KubernetesClient admin, String namespace, String name) {
        return admin.genericKubernetesResources(VERSION, "Rollout")
                .inNamespace(namespace)
                .withName(name);
    }
}
