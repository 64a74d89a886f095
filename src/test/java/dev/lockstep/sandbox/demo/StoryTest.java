package dev.lockstep.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.sandbox.EmbeddedKubernetes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's own logic: what it tells of an operator that does its work, and of one that does not.
 * The operator here is a stand-in that copies values; the demo itself runs the real one.
 */
class StoryTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final Duration SOON_OVER = Duration.ofMillis(500);

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final StandInAws aws = new StandInAws();
    private final StandInOperator operator = new StandInOperator(kubernetes.operatorConfig(), aws);
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private Samples samples;
    private Account account;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        try (var crds = getClass().getResourceAsStream("crds.yaml");
                var resources = getClass().getResourceAsStream("samples.yaml")) {
            kubernetes.client().load(crds).create();
            Files.copy(resources, folder.resolve("samples.yaml"));
        }
        samples = Samples.read(folder);
        account = new Account(aws.endpoint(), samples.region(), aws::calls);
    }

    @AfterEach
    void stop() {
        account.close();
        operator.close();
        kubernetes.close();
        aws.close();
    }

    @Test
    void everyStep_isToldInOrder_andNoValueWithIt() {
        operator.validateStores();
        operator.copyValues();

        story(LONG_ENOUGH, true).tell();

        assertThat(told())
                .containsSubsequence(
                        "AWS: secret prod/database created, version ",
                        "Kubernetes: applied SecretStore/aws, ExternalSecret/database",
                        "SecretStore aws is valid: Ready=True (Valid) tested",
                        "Secret database created with the keys password, username, version ",
                        "AWS: prod/database rotated, now version ",
                        "Secret database carries version ",
                        "Somebody overwrites the key password of Secret database",
                        "Secret database repaired after ",
                        "All that took the operator 3 AWS calls:",
                        "GetSecretValue 3",
                        "and 4 Kubernetes writes:",
                        "create secrets 1, update secrets 2, update secretstores/status 1");
        assertThat(aws.values())
                .hasSize(2)
                .allSatisfy(
                        value -> assertThat(told()).doesNotContain(value.get("password").asText()));
    }

    @Test
    void everyLine_beginsWithTheSecondsSinceTheStart() {
        operator.validateStores();
        operator.copyValues();

        story(LONG_ENOUGH, true).tell();

        assertThat(told().lines().filter(line -> !line.isBlank()))
                .allMatch(Pattern.compile("( {0,4}\\d+\\.\\d s|  {7}) +\\S.*").asMatchPredicate());
    }

    @Test
    void aStepThatIsNotSeen_endsTheStory_whichNamesItAndTheConditions() {
        operator.validateStores();
        var story = story(SOON_OVER, true);

        assertThatThrownBy(story::tell)
                .isInstanceOf(DidNotHappen.class)
                .hasMessageContaining("Secret database created");

        assertThat(story.conditions()).containsExactly("SecretStore/aws Ready=True (Valid) tested");
        assertThat(told()).doesNotContain("rotated");
    }

    @Test
    void anOperatorThatHasEnded_isNotWaitedFor() {
        assertThatThrownBy(story(LONG_ENOUGH, false)::tell)
                .isInstanceOf(DidNotHappen.class)
                .hasMessageContaining("the operator has ended");
    }

    private Story story(Duration budget, boolean operatorRuns) {
        var out = new PrintStream(told, true, StandardCharsets.UTF_8);
        var timeline = new Timeline(out, System::nanoTime);
        return new Story(timeline, budget, kubernetes, account, samples, () -> operatorRuns);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
