package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CrdsTest {

    /** kubectl apply keeps a copy of the whole object in an annotation of at most 256 KiB. */
    private static final int ROOM_FOR_CLIENT_SIDE_APPLY = 200 * 1024;

    @Test
    void theFilesCheckedIn_areWhatTheTypesSay() {
        var generated = CrdGeneration.generate();
        if (Boolean.getBoolean("crds.update")) {
            CrdFiles.write(generated);
        }

        assertThat(CrdFiles.read())
                .as("crds/ is out of date: run ./mvnw test -Dtest=CrdsTest -Dcrds.update=true")
                .isEqualTo(generated);
    }

    @Test
    void eachFile_leavesRoomForClientSideApply() {
        assertThat(CrdGeneration.generate())
                .hasSize(3)
                .allSatisfy(
                        (name, content) ->
                                assertThat(content.getBytes(StandardCharsets.UTF_8))
                                        .hasSizeLessThan(ROOM_FOR_CLIENT_SIDE_APPLY));
    }
}
