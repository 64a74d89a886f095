package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {

    @Test
    void names_areThoseOfAllOperations_withoutTheDotOfTheFieldItself() {
        var fields =
                of(
                        entry("me", "Apply", Map.of("f:a", Map.of(), ".", Map.of())),
                        entry("me", "Update", Map.of("f:tls.crt", Map.of())),
                        entry("you", "Update", Map.of("f:c", Map.of())));

        assertThat(fields.names("me", "data")).containsExactlyInAnyOrder("a", "tls.crt");
        assertThat(fields.names("me", "metadata", "labels")).isEmpty();
        assertThat(fields.names("nobody", "data")).isEmpty();
    }

    @Test
    void updates_areJoinedToWhatWasApplied_andOthersStay() {
        var you = entry("you", "Update", Map.of("f:c", Map.of()));
        var fields =
                of(
                        entry("me", "Update", Map.of("f:a", Map.of())),
                        you,
                        entry("me", "Apply", Map.of("f:b", Map.of())));

        var applied = fields.withUpdatesApplied("me").orElseThrow();

        assertThat(applied).hasSize(2).contains(you);
        var joined = of(applied.toArray(ManagedFieldsEntry[]::new));
        assertThat(joined.names("me", "data")).containsExactlyInAnyOrder("a", "b");
        assertThat(joined.withUpdatesApplied("me")).isEmpty();
    }

    @Test
    void withoutAnUpdate_nothingIsToBeTurned() {
        assertThat(of(entry("me", "Apply", Map.of())).withUpdatesApplied("me")).isEmpty();
        assertThat(of().withUpdatesApplied("me")).isEmpty();
    }

    @Test
    void theLastWriter_isTheLatestOfTheOthers() {
        var fields =
                of(
                        at("2026-01-01T00:00:01Z", entry("before", "Update", Map.of())),
                        at("2026-01-01T00:00:03Z", entry("me", "Apply", Map.of())),
                        at("2026-01-01T00:00:02Z", entry("last", "Update", Map.of())));

        assertThat(fields.lastWriterBeside("me")).contains("last");
        assertThat(of(entry("me", "Apply", Map.of())).lastWriterBeside("me")).isEmpty();
    }

    private static ManagedFieldsEntry at(String time, ManagedFieldsEntry entry) {
        return new ManagedFieldsEntryBuilder(entry).withTime(time).build();
    }

    private static ManagedFields of(ManagedFieldsEntry... entries) {
        return ManagedFields.of(
                new SecretBuilder()
                        .withNewMetadata()
                        .withManagedFields(entries)
                        .endMetadata()
                        .build());
    }

    private static ManagedFieldsEntry entry(
            String manager, String operation, Map<String, Object> data) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation(operation)
                .withNewFieldsV1()
                .addToAdditionalProperties("f:data", data)
                .endFieldsV1()
                .build();
    }
}
