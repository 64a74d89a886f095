package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sync.TargetSecret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final OwnWrites own = new OwnWrites(nanos::get);

    @Test
    void aWrite_isKnown_untilTheCacheHasSeenIt() {
        own.wrote(secret("10"));
        assertThat(find()).contains("10");

        own.saw("team", "database", "10");

        assertThat(find()).isEmpty();
    }

    @Test
    void whatTheCacheSeesOfAnEarlierTime_changesNothing() {
        own.wrote(secret("10"));

        own.saw("team", "database", "9");
        own.saw("team", "other", "11");

        assertThat(find()).contains("10");
    }

    /** A Secret made and deleted at once would else be taken to be there. */
    @Test
    void aWriteWhoseEventCameFirst_isNotKeptBeyondItsDeletion() {
        own.saw("team", "database", "10");
        own.saw("team", "database", "11");

        own.wrote(secret("10"));

        assertThat(find()).isEmpty();
    }

    @Test
    void aLaterWrite_isKnown() {
        own.saw("team", "database", "9");
        own.wrote(secret("100"));

        assertThat(find()).contains("100");
    }

    @Test
    void aCacheThatSeesNothing_isRightAfterAMinute() {
        own.wrote(secret("10"));

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(find()).isEmpty();
    }

    private Optional<String> find() {
        return own.find("team", "database").map(TargetSecret::resourceVersion);
    }

    private static TargetSecret secret(String resourceVersion) {
        return new TargetSecret(
                "team",
                "database",
                "uid",
                resourceVersion,
                "Opaque",
                Map.of(),
                Map.of(),
                false,
                Optional.empty(),
                "",
                Map.of(),
                Map.of());
    }
}
