package dev.lockstep.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KubeApiServer} and an admin's {@link KubernetesClient} as parameters.
 *
 * <p>One server serves the whole test run, for it takes seconds to start: a test makes its own
 * namespace and leaves the others alone. A server that a test stopped is started again for the next
 * class.
 */
public final class KubeApiServerExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KubeApiServerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context).server().start();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == KubeApiServer.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared = shared(context);
        return parameter.getParameter().getType() == KubeApiServer.class
                ? shared.server()
                : shared.admin();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.launch(), Shared.class);
    }

    /** Closed by JUnit when the test run ends. */
    private record Shared(KubeApiServer server, KubernetesClient admin) implements AutoCloseable {

        static Shared launch() {
            var server = KubeApiServer.launch();
            return new Shared(server, server.adminClient());
        }

        @Override
        public void close() {
            admin.close();
            server.close();
        }
    }
}
