package dev.lockstep.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.sandbox.GoTemplates;
import dev.lockstep.sandbox.RealGo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Go's engine itself. */
@RealGo
class GoEngineTest {
    private static final int TEMPLATES = 10_000;

    /** Go has none of ours, and random loops are short. */
    private static final ExecutionContext UNLIMITED =
            Sample.within(new Limits(100_000_000, 1L << 30, 250, Duration.ofMinutes(1)));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GoTemplates go = new GoTemplates();

    static List<Long> seeds() {
        return List.of(1L, 2L, -2272651955856917257L);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomTemplates_giveWhatGoGives(long seed) throws JsonProcessingException {
        var requests = new ArrayList<JsonNode>();
        for (var template : new RandomTemplates(seed).some(TEMPLATES)) {
            var request = JSON.createObjectNode().put("template", template);
            request.putObject("data").put("user", "app").put("port", "5432").put("none", "");
            request.putObject("data64").put("bytes", new byte[] {'a', (byte) 0xff, 0, '<'});
            requests.add(request);
        }

        var answers = go.answers(requests.stream().map(JsonNode::toString).toList());

        var softly = new SoftAssertions();
        for (int i = 0; i < requests.size() && softly.assertionErrorsCollected().size() < 10; i++) {
            var expected = GoAnswer.of(requests.get(i), JSON.readTree(answers.get(i)));
            softly.assertThat(GoString.toText(expected.ours(Sample.FUNCTIONS, UNLIMITED)))
                    .as("seed %d, template %d: %s", seed, i, expected.template())
                    .isEqualTo(GoString.toText(expected.outcome()));
        }
        softly.assertAll();
    }

    static List<String> suites() {
        return List.of("language", "printf");
    }

    @ParameterizedTest
    @MethodSource("suites")
    void recordedAnswers_areThoseThatGoGivesNow(String suite) throws IOException {
        try (var file = GoAnswer.class.getResourceAsStream(suite + ".jsonl")) {
            var recorded = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();

            var answers = go.answers(recorded);

            for (int i = 0; i < recorded.size(); i++) {
                var row = JSON.readTree(recorded.get(i));
                assertThat(GoAnswer.of(row, JSON.readTree(answers.get(i))))
                        .usingRecursiveComparison()
                        .isEqualTo(GoAnswer.of(row, row));
            }
        }
    }
}
