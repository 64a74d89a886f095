package dev.lockstep.aws;

import dev.lockstep.api.AwsProvider;
import dev.lockstep.api.SessionTagsPolicy;
import dev.lockstep.api.Store;
import dev.lockstep.source.Identity.AssumedRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** External id and session tags, which only the last role of a chain gets. */
final class SessionTags {
    private SessionTags() {}

    /** A role on the way to the last one. */
    static AssumedRole none(String arn, String sessionName) {
        return new AssumedRole(arn, sessionName, "", Map.of(), List.of());
    }

    /** The last role, which the provider's {@code role} names. */
    static AssumedRole tagged(AwsProvider aws, Store store, String namespace, String sessionName) {
        var tags = tags(aws, store, namespace);
        // STS refuses transitive keys without tags; ESO leaves them out.
        var transitive = tags.isEmpty() ? List.<String>of() : aws.transitiveTagKeys();
        var externalId = aws.externalID() == null ? "" : aws.externalID();
        return new AssumedRole(
                aws.role() == null ? "" : aws.role(), sessionName, externalId, tags, transitive);
    }

    /**
     * The tags by policy. Simple and Custom replace {@code sessionTags}, so that a tenant's own
     * cannot pass for those by which a role's policy tells namespaces apart.
     */
    private static Map<String, String> tags(AwsProvider aws, Store store, String namespace) {
        var policy = aws.sessionTagsPolicyOrDefault();
        var tags = new HashMap<String, String>();
        if (policy == SessionTagsPolicy.None) {
            aws.sessionTags().forEach(tag -> tags.put(tag.key(), tag.value()));
            return tags;
        }
        if (policy == SessionTagsPolicy.Custom) {
            tags.putAll(aws.customSessionTags());
            tags.entrySet().removeIf(tag -> tag.getKey().isEmpty() || tag.getValue().isEmpty());
        }
        tags.put("esoNamespace", namespace);
        tags.put("esoStoreName", store.getMetadata().getName());
        tags.put("esoStoreKind", store.kind().name());
        return tags;
    }
}
