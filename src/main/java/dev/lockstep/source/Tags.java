package dev.lockstep.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of one secret, as {@code metadataPolicy: Fetch} reads them. */
public record Tags(SortedMap<String, String> byKey) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Tags {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    public static Tags of(Map<String, String> byKey) {
        return new Tags(new TreeMap<>(byKey));
    }

    /** Whether each of these stands here with exactly this value. */
    public boolean include(Map<String, String> wanted) {
        return byKey.entrySet().containsAll(wanted.entrySet());
    }

    /** The value that a reference to tags reads: a JSON object in the order of the keys, as ESO. */
    public SecretBytes json() {
        try {
            return SecretBytes.of(JSON.writeValueAsBytes(byKey));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    /** What stands for a version id, since tags have none (semantics 1). */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json().bytes());
            return HexFormat.of().formatHex(digest).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The tags of the secret with this ARN, as a value. */
    public RemoteValue valueOf(String arn) {
        return new RemoteValue(new RemoteVersion(arn, hash()), json());
    }

    /** Tags are no secret, but often long. */
    @Override
    public String toString() {
        return "Tags" + byKey.keySet();
    }
}
