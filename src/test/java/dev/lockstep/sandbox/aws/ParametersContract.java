package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameters: versions, labels, what is not there, pages and filters. */
interface ParametersContract extends AwsUnderTest {

    private static void put(SsmClient ssm, String name, String value) {
        ssm.putParameter(
                r -> r.name(name).value(value).type(ParameterType.SECURE_STRING).overwrite(true));
    }

    private static String read(SsmClient ssm, String name) {
        return ssm.getParameter(r -> r.name(name).withDecryption(true)).parameter().value();
    }

    @Test
    default void aVersion_isTheSameWhereverItIsShown() {
        try (var ssm = parameters()) {
            put(ssm, "/app/db", "old");
            put(ssm, "/app/db", "new");

            var shown = ssm.describeParameters(r -> r.maxResults(50)).parameters().get(0);
            var read = ssm.getParameter(r -> r.name("/app/db").withDecryption(true)).parameter();

            assertThat(shown.version()).isEqualTo(2L).isEqualTo(read.version());
            assertThat(read.arn()).endsWith(":parameter/app/db");
            // Documented by AWS; moto leaves it out.
            assertThat(shown.arn()).isIn(read.arn(), null);
            assertThat(shown.lastModifiedDate().getEpochSecond())
                    .isEqualTo(read.lastModifiedDate().getEpochSecond());
            assertThat(read.value()).isEqualTo("new");
        }
    }

    @Test
    default void numberAndLabel_chooseAVersion() {
        try (var ssm = parameters()) {
            put(ssm, "/app/db", "old");
            put(ssm, "/app/db", "new");
            ssm.labelParameterVersion(
                    r -> r.name("/app/db").parameterVersion(1L).labels("previous"));

            assertThat(read(ssm, "/app/db:1")).isEqualTo("old");
            assertThat(read(ssm, "/app/db:previous")).isEqualTo("old");
        }
    }

    @Test
    default void missingParameter_andMissingVersion_areToldApart() {
        try (var ssm = parameters()) {
            put(ssm, "/app/db", "x");

            assertThatThrownBy(() -> read(ssm, "/app/absent"))
                    .isInstanceOf(ParameterNotFoundException.class);
            assertThatThrownBy(() -> read(ssm, "/app/db:9"))
                    .isInstanceOf(ParameterVersionNotFoundException.class);
            // Which of the two AWS does not document, so nothing may depend on it.
            assertThatThrownBy(() -> read(ssm, "/app/db:nobody"))
                    .isInstanceOfAny(
                            ParameterNotFoundException.class,
                            ParameterVersionNotFoundException.class);
        }
    }

    @Test
    default void batch_tellsWhatIsMissing() {
        try (var ssm = parameters()) {
            put(ssm, "/app/a", "1");

            var answer =
                    ssm.getParameters(r -> r.names("/app/a", "/app/absent").withDecryption(true));

            assertThat(answer.parameters()).singleElement().matches(p -> p.value().equals("1"));
            assertThat(answer.invalidParameters()).containsExactly("/app/absent");
        }
    }

    @Test
    default void moreThanAPage_isShownToItsEnd() {
        try (var ssm = parameters()) {
            for (var i = 0; i < 51; i++) {
                put(ssm, "/app/" + i, "x");
            }
            var names = new ArrayList<String>();
            var pages = 0;
            String next = null;
            do {
                var token = next;
                var page = ssm.describeParameters(r -> r.maxResults(50).nextToken(token));
                page.parameters().stream().map(ParameterMetadata::name).forEach(names::add);
                pages++;
                next = page.nextToken();
            } while (next != null && !next.isEmpty());

            // As many on a page as were asked for, at most: moto has ten.
            assertThat(pages).isGreaterThan(1);
            assertThat(names).hasSize(51).doesNotHaveDuplicates();
        }
    }

    @Test
    default void filters_areExact() {
        try (var ssm = parameters()) {
            put(ssm, "/app/db", "x");
            put(ssm, "/apple/db", "x");
            ssm.addTagsToResource(
                    r ->
                            r.resourceType(ResourceTypeForTagging.PARAMETER)
                                    .resourceId("/app/db")
                                    .tags(Tag.builder().key("team").value("a").build()));

            assertThat(names(ssm, "Name", "Equals", "/app/db")).containsExactly("/app/db");
            assertThat(names(ssm, "Path", "Recursive", "/app")).containsExactly("/app/db");
            assertThat(names(ssm, "tag:team", "Equals", "a")).containsExactly("/app/db");
        }
    }

    private static List<String> names(SsmClient ssm, String key, String option, String value) {
        return ssm
                .describeParameters(
                        r ->
                                r.parameterFilters(
                                        ParameterStringFilter.builder()
                                                .key(key)
                                                .option(option)
                                                .values(value)
                                                .build()))
                .parameters()
                .stream()
                .map(ParameterMetadata::name)
                .toList();
    }
}
