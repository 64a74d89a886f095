package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the CRDs installed let us write, semantics 22. */
class ServedSchemaTest {
    private static final ServedSchema NOTHING = new ServedSchema(false, false, false);
    private static final String PLAIN_TYPE = "{'type': 'string'}";
    private static final String ESO_TYPE = "{'type': 'string', 'enum': ['Ready', 'Deleted']}";

    static Stream<Arguments> schemas() {
        return Stream.of(
                argumentSet(
                        "ours",
                        openApi(
                                PLAIN_TYPE,
                                "'sources': {}, 'sourcesOmitted': {}",
                                "'versionWatch': {}"),
                        new ServedSchema(true, true, true)),
                argumentSet(
                        "ESO's", openApi(ESO_TYPE, "'binding': {}", "'capabilities': {}"), NOTHING),
                argumentSet(
                        "an enum of ours",
                        openApi(
                                "{'enum': ['Ready', 'SourceAvailable']}",
                                "'binding': {}",
                                "'c': {}"),
                        new ServedSchema(false, false, true)),
                argumentSet("none", "{}", NOTHING));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchema_tellsWhatIsServed(String openApi, ServedSchema expected) throws Exception {
        var document = new ObjectMapper().readTree(openApi.replace('\'', '"'));

        assertThat(ServedSchema.of(document)).isEqualTo(expected);
    }

    @Test
    void whatIsMissing_isNamed() {
        assertThat(NOTHING.missing())
                .containsExactly(
                        "ExternalSecret status.sources",
                        "SecretStore and ClusterSecretStore status.versionWatch",
                        "ExternalSecret conditions other than Ready");
        assertThat(new ServedSchema(true, true, true).missing()).isEmpty();
    }

    @Test
    void withoutOurGroup_nothingIsServed() {
        try (var kubernetes = EmbeddedKubernetes.start()) {
            assertThat(ServedSchema.lookUp(kubernetes.client())).isEqualTo(NOTHING);
        }
    }

    @Nested
    @RealApiServer
    class OnTheRealApiServer {

        @Test
        void anAccountWithoutAnyRight_seesWhatTheAdminSees(
                KubeApiServer server, KubernetesClient admin) {
            var nobody = server.configFor("system:serviceaccount:default:nobody");
            try (var client = new KubernetesClientBuilder().withConfig(nobody).build()) {
                assertThat(ServedSchema.lookUp(client)).isEqualTo(ServedSchema.lookUp(admin));
            }
        }
    }

    private static String openApi(String type, String externalSecret, String store) {
        return ("{'components': {'schemas': {"
                + schema(
                        "ExternalSecret",
                        "'conditions': {'items': {'properties': {'type': "
                                + type
                                + "}}}, "
                                + externalSecret)
                + ", "
                + schema("SecretStore", store)
                + ", "
                + schema("ClusterSecretStore", store)
                + "}}}");
    }

    private static String schema(String kind, String status) {
        return "'%s': {'properties': {'status': {'properties': {%s}}}, 'x-kubernetes-group-version-kind': [{'kind': '%s'}]}"
                .formatted(kind, status, kind);
    }
}
