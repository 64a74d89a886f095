package dev.lockstep.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text and errors, word for word, against what Go's engine answered. */
class GoAnswersTest {

    static List<GoAnswer> language() {
        return GoAnswer.recorded("language");
    }

    static List<GoAnswer> printf() {
        return GoAnswer.recorded("printf");
    }

    @ParameterizedTest
    @MethodSource({"language", "printf"})
    void template_givesWhatGoGives(GoAnswer go) {
        var functions = go.builtins() ? Functions.builtins() : Sample.FUNCTIONS;

        assertThat(go.ours(functions, Sample.CONTEXT)).isEqualTo(go.outcome());
    }
}
