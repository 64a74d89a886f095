package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNameTest {

    @ParameterizedTest
    @CsvSource({
        "kubernetes, team-a, aws, kubernetes.team-a.aws",
        "prod eu/1, team-a, aws, prod-eu-1.team-a.aws",
        "c, n, s.dotted, c.n.s.dotted",
        // 64 characters just fit
        "kubernetes, a-namespace-of-some-length-tha, fits-into-the-name-jus, kubernetes.a-namespace-of-some-length-tha.fits-into-the-name-jus",
        // 53 remain for the parts; the short one keeps its own, the others share the rest
        "kube, payments-and-billing-production, aws-secrets-manager-eu-central, kube.payments-and-billing-pro.aws-secrets-manager-eu-c.d377aa5c",
    })
    void parts_makeTheName(String cluster, String namespace, String store, String expected) {
        assertThat(SessionName.of(cluster, namespace, store)).isEqualTo(expected);
    }

    @Property
    void anyName_isOneThatStsTakes(
            @ForAll @NotBlank @StringLength(min = 1, max = 100) String cluster,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 63)
                    String namespace,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 253)
                    String store) {
        assertThat(SessionName.of(cluster, namespace, store)).matches("[\\w+=,.@-]{2,64}");
    }

    @Property
    void longNamesThatDifferAtTheirEnd_differ(
            @ForAll @AlphaChars @StringLength(min = 70, max = 200) String start,
            @ForAll @AlphaChars @StringLength(min = 1, max = 5) String one,
            @ForAll @AlphaChars @StringLength(min = 1, max = 5) String other) {
        Assume.that(!one.equals(other));

        assertThat(SessionName.of("kubernetes", "team-a", start + one))
                .isNotEqualTo(SessionName.of("kubernetes", "team-a", start + other));
    }
}
