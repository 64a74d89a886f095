package dev.lockstep.rollout;

import java.util.Collection;
import java.util.List;

/** The ExternalSecrets that ask for restarts, and to whom is told what became of these. */
public interface RolloutRequests {

    /** Those of a namespace whose specs make sense; from caches. */
    List<RolloutRequest> in(String namespace);

    /** Namespaces in which somebody asks. */
    Collection<String> namespaces();

    /** The condition of this ExternalSecret is another now. */
    void conditionChanged(String namespace, String externalSecret);

    /**
     * @param workload kind and name of what was restarted
     */
    void restarted(String namespace, RolloutRequest request, String workload);

    /**
     * @param message which workloads, and why
     */
    void failed(String namespace, RolloutRequest request, String reason, String message);
}
