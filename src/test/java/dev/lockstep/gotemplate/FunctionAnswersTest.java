package dev.lockstep.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gotemplate.functions.FunctionLibrary;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sprig's functions, and ESO's of YAML, against what Go answered. */
class FunctionAnswersTest {
    private static final String CALLING = "error calling ";

    static List<GoAnswer> functions() {
        return GoAnswer.recorded("functions");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void function_givesWhatGoGives(GoAnswer go) {
        var ours = go.ours(FunctionLibrary.all(), Sample.CONTEXT);

        assertThat(whatAndWhere(ours, go)).isEqualTo(whatAndWhere(go.outcome(), go));
    }

    /** Of an error that a function returned, where: ours do not quote values as Go's do. */
    private static String whatAndWhere(String outcome, GoAnswer go) {
        int calling = go.failed() ? outcome.indexOf(CALLING) : -1;
        return calling < 0
                ? outcome
                : outcome.substring(0, outcome.indexOf(':', calling + CALLING.length()));
    }
}
