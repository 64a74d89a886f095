package dev.lockstep.crds;

import static org.awaitility.Awaitility.await;

import dev.lockstep.api.GeneratorGroup;
import dev.lockstep.api.GeneratorKind;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our CRDs in a cluster. */
public final class CrdInstallation {

    private static final Set<String> SHORT_NAMES = Set.of("es", "ss", "css");

    private static final long GENERATORS =
            Stream.of(GeneratorKind.values()).filter(kind -> kind.type().isPresent()).count();

    private CrdInstallation() {}

    /** The CRDs as they are checked in. */
    public static List<CustomResourceDefinition> checkedIn() {
        return CrdFiles.read().values().stream()
                .map(yaml -> Serialization.unmarshal(yaml, CustomResourceDefinition.class))
                .toList();
    }

    /** Installs or replaces them, and waits until the server serves their kinds. */
    public static void install(KubernetesClient admin) {
        checkedIn().forEach(crd -> admin.resource(crd).forceConflicts().serverSideApply());
        await().until(() -> served(admin).containsAll(SHORT_NAMES));
        await().until(() -> generators(admin) == GENERATORS);
    }

    private static long generators(KubernetesClient admin) {
        var version = admin.getApiResources(GeneratorGroup.API_VERSION);
        return version == null
                ? 0
                : version.getResources().stream()
                        .filter(resource -> !resource.getName().contains("/"))
                        .count();
    }

    /** Short names tell our CRDs from others of the same kinds that tests put in their place. */
    private static Set<String> served(KubernetesClient admin) {
        var version = admin.getApiResources("external-secrets.io/v1");
        return version == null
                ? Set.of()
                : version.getResources().stream()
                        .flatMap(resource -> resource.getShortNames().stream())
                        .collect(Collectors.toSet());
    }
}
