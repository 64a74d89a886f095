package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldManagerTest {

    @Test
    void aShortName_standsInTheManager() {
        assertThat(FieldManager.of("a".repeat(27)))
                .hasSize(63)
                .isEqualTo("externalsecrets.external-secrets.io/" + "a".repeat(27));
    }

    @Test
    void aNameThatWouldMakeItTooLong_isHashedAsEsoDoes() {
        var name = "a".repeat(28);

        assertThat(FieldManager.of(name))
                .isEqualTo("externalsecrets.external-secrets.io/sha3/" + ObjectHash.ofText(name));
    }

    @Test
    void onlyManagersOfExternalSecrets_areRivals() {
        assertThat(FieldManager.isExternalSecret(FieldManager.of("a".repeat(99)))).isTrue();
        assertThat(FieldManager.isExternalSecret("kubectl-edit")).isFalse();
    }
}
