package dev.lockstep.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {

    @Test
    void areAJsonObject_inTheOrderOfTheirKeys() {
        assertThat(Tags.of(Map.of("team", "blue", "cost", "4\"2", "a", "")).json().utf8())
                .isEqualTo("{\"a\":\"\",\"cost\":\"4\\\"2\",\"team\":\"blue\"}");
        assertThat(Tags.of(Map.of()).json().utf8()).isEqualTo("{}");
    }

    @Test
    void theHash_movesWithAnyTag() {
        var tags = Tags.of(Map.of("team", "blue"));

        assertThat(tags.hash()).isEqualTo(Tags.of(Map.of("team", "blue")).hash());
        assertThat(tags.hash()).isNotEqualTo(Tags.of(Map.of("team", "green")).hash());
        assertThat(tags.hash()).isNotEqualTo(Tags.of(Map.of("teamb", "lue")).hash());
    }

    @Test
    void theVersionOfTags_isThatOfTheSecretThatBearsThem() {
        var tags = Tags.of(Map.of("team", "blue"));
        var secret =
                new RemoteSecret("arn", "db", Map.of(), null, null, null, null, false, null)
                        .withTags(tags);

        assertThat(secret.version(RequestedVersion.TAGS)).contains(tags.valueOf("arn").version());
        assertThat(secret.withTags(null).version(RequestedVersion.TAGS)).isEmpty();
    }
}
