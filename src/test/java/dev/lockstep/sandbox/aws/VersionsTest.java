package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.SecretBytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionsTest {

    private static final List<String> IDS = List.of("one", "two", "three");

    /**
     * @param id where the label goes
     */
    record Move(String stage, String id) {}

    @Property
    void whateverIsMoved_aLabelIsOnOneVersion_currentIsAlwaysThere_andPreviousIsWhereItWas(
            @ForAll("moves") List<Move> moves) {
        var versions = Versions.NONE;
        for (var id : IDS) {
            versions = versions.plus(version(id));
        }
        for (var move : moves) {
            var before = versions.byStage("AWSCURRENT").orElseThrow().id();

            versions = versions.move(move.stage(), move.id());

            var labels =
                    versions.byId().values().stream()
                            .map(Version::stages)
                            .flatMap(Collection::stream)
                            .toList();
            assertThat(labels).doesNotHaveDuplicates().contains("AWSCURRENT", move.stage());
            if (move.stage().equals("AWSCURRENT") && !move.id().equals(before)) {
                assertThat(versions.byStage("AWSPREVIOUS"))
                        .hasValueSatisfying(v -> assertThat(v.id()).isEqualTo(before));
            }
        }
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        var stages = Arbitraries.of("AWSCURRENT", "AWSPENDING", "blue");
        return Combinators.combine(stages, Arbitraries.of(IDS)).as(Move::new).list().ofMaxSize(10);
    }

    private static Version version(String id) {
        return new Version(id, SecretBytes.ofUtf8(id), false, Set.of("AWSCURRENT"), Instant.EPOCH);
    }
}
