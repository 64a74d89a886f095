package dev.lockstep.sync;

import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for a plan, whatever is desired and whatever is there. */
class SecretPlanPropertyTest {

    @Property
    void onceWritten_nothingIsLeftToDo(
            @ForAll("desired") DesiredSecret before, @ForAll("desired") DesiredSecret after) {
        var secret = ModelSecret.writtenFor(before, after);

        assertThat(SecretPlan.of(after, Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Nothing());
        assertThat(SecretPlan.of(after, Optional.of(secret.cached())))
                .isEqualTo(new SecretPlan.Nothing());
    }

    @Property
    void whatIsWritten_holdsTheDesiredData(
            @ForAll("desired") DesiredSecret before, @ForAll("desired") DesiredSecret after) {
        var secret = ModelSecret.writtenFor(before, after);

        assertThat(secret.data).isEqualTo(after.data().orElseThrow());
        assertThat(secret.live().dataIsAsWritten(after.policy(), "db")).isTrue();
    }

    @Property
    void foreignLabelsAndAnnotations_stay(@ForAll("desired") DesiredSecret desired) {
        var secret = ModelSecret.foreign(Map.of("foreign", "x"));
        secret.labels.put("foreign", "1");
        secret.annotations.put("foreign", "1");

        secret.carryOut(desired, SecretPlan.of(desired, Optional.of(secret.live())));

        assertThat(secret.labels).containsEntry("foreign", "1");
        assertThat(secret.annotations).containsEntry("foreign", "1");
        assertThat(secret.data.containsKey("foreign")).isEqualTo(desired.policy().merges());
    }

    @Provide
    Arbitrary<DesiredSecret> desired() {
        var keys = Arbitraries.of("a", "b", "c");
        var values = Arbitraries.of("1", "2");
        return Combinators.combine(
                        Arbitraries.of(
                                CreationPolicy.Owner,
                                CreationPolicy.Orphan,
                                CreationPolicy.CreateOrMerge),
                        Arbitraries.maps(keys, values).ofMinSize(1),
                        Arbitraries.maps(keys, values),
                        Arbitraries.maps(keys, values),
                        Arbitraries.of("v1", "v2"))
                .as(
                        (policy, data, labels, annotations, versions) ->
                                aDesiredSecret()
                                        .policy(policy)
                                        .data(data)
                                        .labels(labels)
                                        .annotations(annotations)
                                        .versions(versions)
                                        .build());
    }
}
