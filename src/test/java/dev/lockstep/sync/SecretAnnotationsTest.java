package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.sync.SecretAnnotations.Inputs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretAnnotationsTest {

    @ParameterizedTest
    @CsvSource({
        "reconcile.external-secrets.io/data-hash, true",
        "reconcile.external-secrets.io/managed, true",
        "lockstep.dev/versions, true",
        "0123456789abcdef.lockstep.dev/data-hash, true",
        "external-secrets.io/force-sync, false",
        "notlockstep.dev/versions, false",
        "app, false"
    })
    void bookkeeping_isToldByItsDomain(String name, boolean bookkeeping) {
        assertThat(SecretAnnotations.isBookkeeping(name)).isEqualTo(bookkeeping);
    }

    @Test
    void whatIsUnreadable_isAsIfItWereAbsent() {
        var names = SecretAnnotations.of(CreationPolicy.Owner, "db");

        var carried =
                names.carried(
                        Map.of(names.changedAt(), "yesterday", names.inputs(), "no dot in it"));

        assertThat(carried.changedAt()).isEmpty();
        assertThat(carried.inputs()).isEmpty();
    }

    @Test
    void inputs_surviveTheAnnotation_andTellForceSyncApart() {
        var written = Inputs.of("hash", "1");
        var names = SecretAnnotations.of(CreationPolicy.Owner, "db");

        var read = names.carried(Map.of(names.inputs(), written.toString())).inputs();

        assertThat(read).contains(written);
        assertThat(Inputs.of("hash", "2")).isNotEqualTo(written);
        assertThat(Inputs.of("hash", "2").sameButForceSync(written)).isTrue();
        assertThat(Inputs.of("other", "1").sameButForceSync(written)).isFalse();
    }

    @Test
    void twoMergingExternalSecrets_haveNamesOfTheirOwn() {
        var one = SecretAnnotations.of(CreationPolicy.Merge, "one");
        var two = SecretAnnotations.of(CreationPolicy.CreateOrMerge, "two");

        assertThat(one.dataHash()).isNotEqualTo(two.dataHash());
        assertThat(SecretAnnotations.isMergedDataHash(one.dataHash())).isTrue();
        assertThat(SecretAnnotations.isMergedDataHash(SecretAnnotations.ESO_DATA_HASH)).isFalse();
    }
}
