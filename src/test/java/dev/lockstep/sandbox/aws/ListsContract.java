package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Lists, their filters, tags, and values by the batch. */
interface ListsContract extends AwsUnderTest {

    @Test
    default void aList_comesInPages_whichTogetherHoldEverySecretOnce() {
        Stream.of("a", "b", "c", "d", "e").forEach(name -> create(name, "v1"));

        var first = secrets().listSecrets(r -> r.maxResults(2));
        var second = secrets().listSecrets(r -> r.maxResults(2).nextToken(first.nextToken()));
        var third = secrets().listSecrets(r -> r.maxResults(2).nextToken(second.nextToken()));

        assertThat(first.secretList()).hasSize(2);
        assertThat(third.nextToken()).isNull();
        assertThat(Stream.of(first, second, third).flatMap(page -> page.secretList().stream()))
                .extracting(SecretListEntry::name)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    default void anEntry_tellsVersionsKeyAndTags() {
        var tag = Tag.builder().key("team").value("blue").build();
        var created =
                secrets()
                        .createSecret(
                                r ->
                                        r.name("app/db")
                                                .secretString("v1")
                                                .kmsKeyId("alias/ours")
                                                .tags(tag));
        var second = put("app/db", "v2");

        var list = secrets().listSecrets(ListSecretsRequest.builder().build()).secretList();

        assertThat(list).hasSize(1);
        var entry = list.get(0);
        assertThat(entry.arn()).isEqualTo(created.arn());
        assertThat(entry.kmsKeyId()).isEqualTo("alias/ours");
        assertThat(entry.tags()).containsExactly(tag);
        assertThat(entry.lastChangedDate()).isNotNull();
        assertThat(entry.secretVersionsToStages())
                .containsEntry(created.versionId(), List.of("AWSPREVIOUS"))
                .containsEntry(second, List.of("AWSCURRENT"));
    }

    @Test
    default void anEntry_leavesOutWhatThereIsNot() {
        create("app/db", "v1");

        var entry = secrets().listSecrets(ListSecretsRequest.builder().build()).secretList().get(0);

        assertThat(entry.kmsKeyId()).isNull();
        assertThat(entry.rotationEnabled()).isNull();
        assertThat(entry.lastRotatedDate()).isNull();
        assertThat(entry.nextRotationDate()).isNull();
        assertThat(entry.deletedDate()).isNull();
        assertThat(entry.tags()).isEmpty();
    }

    @Test
    default void names_areFilteredByTheirBeginning_orItsOpposite() {
        Stream.of("app/db", "app/web", "other/app").forEach(name -> create(name, "v1"));

        assertThat(listed(filter("name", "app/"))).containsExactlyInAnyOrder("app/db", "app/web");
        assertThat(listed(filter("name", "app/w", "other")))
                .containsExactlyInAnyOrder("app/web", "other/app");
        assertThat(listed(filter("name", "!app/"))).containsExactly("other/app");
        assertThat(listed(filter("name", "APP/"))).isEmpty();
    }

    @Test
    default void tags_areFilteredByKeyAndValue_andAllFiltersMustPass() {
        createTagged("one", "team", "blue");
        createTagged("two", "team", "green");
        createTagged("three", "stage", "blue");

        assertThat(listed(filter("tag-key", "te"))).containsExactlyInAnyOrder("one", "two");
        assertThat(listed(filter("tag-value", "blue"))).containsExactlyInAnyOrder("one", "three");
        assertThat(listed(filter("tag-key", "team"), filter("tag-value", "blue")))
                .containsExactly("one");
    }

    @Test
    default void tags_areAddedReplacedAndRemoved() {
        createTagged("one", "team", "blue");
        var green = Tag.builder().key("team").value("green").build();
        var cost = Tag.builder().key("cost").value("42").build();

        secrets().tagResource(r -> r.secretId("one").tags(green, cost));
        assertThat(tags()).containsExactlyInAnyOrder(green, cost);

        secrets().untagResource(r -> r.secretId("one").tagKeys("team"));
        assertThat(tags()).containsExactly(cost);
    }

    @Test
    default void aBatch_holdsTheCurrentValues_andWhatCouldNotBeRead() {
        create("app/db", "v1");
        put("app/db", "v2");
        create("app/gone", "v1");
        secrets().deleteSecret(r -> r.secretId("app/gone"));

        var batch =
                secrets()
                        .batchGetSecretValue(
                                r -> r.secretIdList("app/db", "app/gone", "app/nothing"));

        assertThat(batch.secretValues())
                .extracting(SecretValueEntry::name, SecretValueEntry::secretString)
                .containsExactly(tuple("app/db", "v2"));
        assertThat(batch.errors())
                .extracting(APIErrorType::secretId, APIErrorType::errorCode)
                .containsExactlyInAnyOrder(
                        tuple("app/gone", "InvalidRequestException"),
                        tuple("app/nothing", "ResourceNotFoundException"));
    }

    @Test
    default void aBatch_canBeChosenByFilters_butNotByBoth() {
        create("app/db", "v1");
        create("other", "v1");

        assertThat(
                        secrets()
                                .batchGetSecretValue(r -> r.filters(filter("name", "app/")))
                                .secretValues())
                .extracting(SecretValueEntry::name)
                .containsExactly("app/db");
        assertThatThrownBy(
                        () ->
                                secrets()
                                        .batchGetSecretValue(
                                                r ->
                                                        r.secretIdList("other")
                                                                .filters(filter("name", "app/"))))
                .isInstanceOf(InvalidParameterException.class);
    }

    private void createTagged(String name, String key, String value) {
        var tag = Tag.builder().key(key).value(value).build();
        secrets().createSecret(r -> r.name(name).secretString("v1").tags(tag));
    }

    private List<Tag> tags() {
        return secrets().describeSecret(r -> r.secretId("one")).tags();
    }

    private List<String> listed(Filter... filters) {
        return secrets().listSecrets(r -> r.filters(filters)).secretList().stream()
                .map(SecretListEntry::name)
                .toList();
    }

    private static Filter filter(String key, String... values) {
        return Filter.builder().key(FilterNameStringType.fromValue(key)).values(values).build();
    }
}
