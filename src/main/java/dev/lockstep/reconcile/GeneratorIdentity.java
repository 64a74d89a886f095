package dev.lockstep.reconcile;

import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.ClusterGenerator;
import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.EcrAuthorizationTokenSpec;
import dev.lockstep.api.Generator;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.SecretStoreSpec;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreProvider;
import dev.lockstep.api.StsSessionTokenSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a generator asks AWS as, said as a store of the same name and scope: so there is one set of
 * rules for identities, session names, references and namespaces.
 */
final class GeneratorIdentity {
    private GeneratorIdentity() {}

    /** Empty for a generator that asks nobody. */
    static Optional<Store> store(Generator generator) {
        if (generator.generates() instanceof EcrAuthorizationTokenSpec ecr) {
            return Optional.of(store(generator, provider(ecr.region(), ecr.auth(), ecr.role())));
        }
        if (generator.generates() instanceof StsSessionTokenSpec sts) {
            return Optional.of(store(generator, provider(sts.region(), sts.auth(), sts.role())));
        }
        return Optional.empty();
    }

    private static Store store(Generator generator, AwsProvider aws) {
        var spec =
                new SecretStoreSpec(
                        null, new StoreProvider(aws, Map.of()), null, null, List.of(), Map.of());
        if (generator instanceof ClusterGenerator) {
            var store = new ClusterSecretStore();
            store.setMetadata(generator.getMetadata());
            store.setSpec(spec);
            return store;
        }
        var store = new SecretStore();
        store.setMetadata(generator.getMetadata());
        store.setSpec(spec);
        return store;
    }

    private static AwsProvider provider(
            String region, @Nullable AwsAuth auth, @Nullable String role) {
        return new AwsProvider(
                AwsService.SecretsManager.name(),
                region,
                auth,
                role,
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                null,
                null,
                Map.of());
    }
}
