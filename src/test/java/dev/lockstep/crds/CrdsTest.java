package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrdsTest {

    /** kubectl apply keeps a copy of the whole object in an annotation of at most 256 KiB. */
    private static final int ROOM_FOR_CLIENT_SIDE_APPLY = 200 * 1024;

    @Test
    void theFilesCheckedIn_areWhatTheTypesSay() {
        var generated = CrdGeneration.generate();
        if (Boolean.getBoolean("crds.update")) {
            CrdFiles.write(generated);
        }

        assertThat(CrdFiles.read())
                .as("crds/ is out of date: run ./mvnw test -Dtest=CrdsTest -Dcrds.update=true")
                .isEqualTo(generated);
    }

    @Test
    void theChart_hasTheSameFiles() {
        assertThat(CrdFiles.read(CrdFiles.OF_THE_CHART))
                .as("the chart's are out of date: cp crds/* " + CrdFiles.OF_THE_CHART)
                .isEqualTo(CrdFiles.read());
    }

    @Test
    void eachFile_leavesRoomForClientSideApply() {
        assertThat(CrdGeneration.generate())
                .hasSize(11)
                .allSatisfy(
                        (name, content) ->
                                assertThat(content.getBytes(StandardCharsets.UTF_8))
                                        .hasSizeLessThan(ROOM_FOR_CLIENT_SIDE_APPLY));
    }

    @Test
    void everyField_isExplained() {
        assertThat(CrdInstallation.checkedIn())
                .flatMap(crd -> unexplained("", schema(crd)))
                .as("fields without a @JsonPropertyDescription")
                .isEmpty();
    }

    private static JSONSchemaProps schema(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    }

    private static List<String> unexplained(String path, JSONSchemaProps schema) {
        var found = new ArrayList<String>();
        schema.getProperties()
                .forEach(
                        (name, property) -> {
                            var at = path + "." + name;
                            if (property.getDescription() == null) {
                                found.add(at);
                            }
                            found.addAll(unexplained(at, property));
                        });
        if (schema.getItems() != null) {
            found.addAll(unexplained(path + "[]", schema.getItems().getSchema()));
        }
        return found;
    }
}
