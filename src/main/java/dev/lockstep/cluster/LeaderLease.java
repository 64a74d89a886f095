package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Lease by which replicas agree on who leads. */
public final class LeaderLease {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String identity;

    /**
     * @param identity the name that this process holds the Lease by
     */
    public LeaderLease(KubernetesClient client, String namespace, String name, String identity) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.identity = identity;
    }

    /**
     * Gives the Lease up if this process holds it, so that the next leader need not wait until it
     * has run out (client-go's ReleaseOnCancel; the Java Operator SDK does not do it). A failure
     * costs that wait and nothing else.
     */
    public void release() {
        try {
            var lease = client.leases().inNamespace(namespace).withName(name).get();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                // With its resourceVersion: whoever took it meanwhile keeps it.
                client.resource(released(lease)).update();
                LOG.info("gave up the lease {}/{}", namespace, name);
            }
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "could not give up the lease {}/{}, so the next leader waits until it has run out: {}",
                    namespace,
                    name,
                    e.getMessage());
        }
    }

    /**
     * Until when nobody else can take the Lease, if it is not renewed.
     *
     * @throws KubernetesClientException when the API does not say
     */
    public Instant heldUntil() {
        var spec = client.leases().inNamespace(namespace).withName(name).require().getSpec();
        return spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds());
    }

    private static Lease released(Lease lease) {
        return new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build();
    }
}
