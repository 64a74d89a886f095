package dev.lockstep.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuideTest {
    @Test
    void aBlock_isTakenWithoutItsIndentation_underItsSection() {
        var guide =
                Guide.parse(
                        List.of(
                                "## First",
                                "1. Do it.",
                                "   ```sh",
                                "   one \\",
                                "     more",
                                "",
                                "   ## no heading",
                                "   ```",
                                "## Second",
                                "```sh",
                                "two",
                                "```"));

        assertThat(guide.steps("First")).containsExactly("one \\\n  more\n\n## no heading\n");
        assertThat(guide.steps("Second")).containsExactly("two\n");
    }

    @Test
    void aBlockThatWouldNotBeRun_isRefused() {
        assertThatThrownBy(() -> Guide.parse(List.of("## First", "```", "kubectl get es", "```")))
                .hasMessageContaining("First");
    }

    @Test
    void aBlockThatDoesNotEnd_isRefused() {
        assertThatThrownBy(() -> Guide.parse(List.of("## First", "```sh", "kubectl get es")))
                .hasMessageContaining("First");
    }

    /** MovingFromEsoIT, MovingBackToEsoIT and BesideEsoIT run these. */
    @Test
    void everySectionWithCommands_isOneThatTestsRun() {
        assertThat(Guide.read().sections())
                .containsExactly(
                        "Before you begin",
                        "Move",
                        "In the middle of it",
                        "Go back",
                        "Side by side");
    }
}
