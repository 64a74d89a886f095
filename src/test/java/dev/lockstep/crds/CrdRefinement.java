package dev.lockstep.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lockstep.api.GeneratorGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a CRD needs and the generator's annotations cannot say. */
final class CrdRefinement implements CRDPostProcessor {

    private final Map<String, Class<? extends HasMetadata>> kinds;

    CrdRefinement(List<Class<? extends HasMetadata>> kinds) {
        this.kinds = kinds.stream().collect(Collectors.toMap(HasMetadata::getKind, kind -> kind));
    }

    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
        var crd = (CustomResourceDefinition) generated;
        var kind = kinds.get(crd.getSpec().getNames().getKind());
        var version = crd.getSpec().getVersions().get(0);
        var schema = version.getSchema().getOpenAPIV3Schema();

        orderColumns(version, kind);
        describe(schema, kind);
        integersFitOurs(schema);
        conditionsByType(schema);
        property(schema, "spec", "provider").ifPresent(CrdRefinement::oneOfKnownAndUnknown);
        property(schema, "spec", "generator").ifPresent(CrdRefinement::oneOfKnownAndUnknown);
        passwordKeys(schema);
        property(schema, "spec", "conditions")
                .map(conditions -> conditions.getItems().getSchema())
                .flatMap(condition -> property(condition, "namespaceSelector"))
                .ifPresent(CrdRefinement::labelSelector);
        property(schema, "spec", "namespaceSelector").ifPresent(CrdRefinement::labelSelector);
        property(schema, "spec", "namespaceSelectors")
                .map(selectors -> selectors.getItems().getSchema())
                .ifPresent(CrdRefinement::labelSelector);
        if (!crd.getSpec().getGroup().equals(GeneratorGroup.NAME)) {
            crd.getSpec().setVersions(List.of(version, v1beta1()));
        }
        return crd;
    }

    /** The generator sorts columns by path, people read them in the order of the annotations. */
    private static void orderColumns(
            CustomResourceDefinitionVersion version, Class<? extends HasMetadata> kind) {
        var order =
                Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                        .map(AdditionalPrinterColumn::name)
                        .toList();
        var columns =
                version.getAdditionalPrinterColumns().stream()
                        .sorted(Comparator.comparing(column -> order.indexOf(column.getName())))
                        .toList();
        // All of them are shown without -o wide, which is what an absent priority means.
        columns.forEach(CrdRefinement::dropPriority);
        version.setAdditionalPrinterColumns(columns);
    }

    private static void dropPriority(CustomResourceColumnDefinition column) {
        column.setPriority(null);
    }

    /** Descriptions of a resource, its spec and its status stand on their types. */
    private static void describe(JSONSchemaProps root, Class<? extends HasMetadata> kind) {
        var types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
        root.setDescription(description(kind));
        property(root, "spec").orElseThrow().setDescription(description((Class<?>) types[0]));
        property(root, "status").orElseThrow().setDescription(description((Class<?>) types[1]));
    }

    private static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    /** A number that our types cannot hold would stop the operator's watch of the whole kind. */
    private static void integersFitOurs(JSONSchemaProps schema) {
        if ("integer".equals(schema.getType()) && schema.getXKubernetesIntOrString() == null) {
            schema.setFormat("int32");
        }
        children(schema).forEach(CrdRefinement::integersFitOurs);
    }

    private static Stream<JSONSchemaProps> children(JSONSchemaProps schema) {
        var items =
                Optional.ofNullable(schema.getItems())
                        .map(each -> Stream.of(each.getSchema()))
                        .orElseGet(Stream::empty);
        return Stream.concat(schema.getProperties().values().stream(), items);
    }

    /** So that two writers of conditions do not take each other's away (semantics 22). */
    private static void conditionsByType(JSONSchemaProps root) {
        property(root, "status", "conditions")
                .ifPresent(
                        conditions -> {
                            conditions.setXKubernetesListType("map");
                            conditions.setXKubernetesListMapKeys(List.of("type"));
                        });
    }

    /**
     * Stores and generators of kinds that we do not serve may be stored under this CRD and must
     * survive it (semantics 22).
     */
    private static void oneOfKnownAndUnknown(JSONSchemaProps union) {
        union.setXKubernetesPreserveUnknownFields(true);
        union.setMinProperties(1L);
        union.setMaxProperties(1L);
    }

    /** Two passwords under one key would be one. */
    private static void passwordKeys(JSONSchemaProps schema) {
        schema.getProperties()
                .forEach(
                        (name, property) -> {
                            if (name.equals("secretKeys")) {
                                property.setXKubernetesListType("set");
                                property.getItems().getSchema().setMinLength(1L);
                            }
                            passwordKeys(property);
                        });
    }

    /** Fabric8's model of a selector has neither descriptions nor what is required. */
    private static void labelSelector(JSONSchemaProps selector) {
        selector.setXKubernetesMapType("atomic");
        describe(selector, "matchLabels", "Labels that the namespace has, with these values.");
        describe(selector, "matchExpressions", "Conditions on labels; all of them must hold.");
        var expression =
                property(selector, "matchExpressions").orElseThrow().getItems().getSchema();
        expression.setRequired(List.of("key", "operator"));
        describe(expression, "key", "Key of the label.");
        describe(expression, "operator", "In, NotIn, Exists or DoesNotExist.");
        describe(expression, "values", "Values of the label, for In and NotIn.");
    }

    private static void describe(JSONSchemaProps schema, String property, String description) {
        property(schema, property).orElseThrow().setDescription(description);
    }

    /**
     * Clusters that had ESO may list this version as stored, and an API server refuses a CRD
     * without a version that is stored.
     */
    private static CustomResourceDefinitionVersion v1beta1() {
        return new CustomResourceDefinitionVersionBuilder()
                .withName("v1beta1")
                .withServed(false)
                .withStorage(false)
                .withDeprecated(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .withNewSubresources()
                .withNewStatus()
                .endStatus()
                .endSubresources()
                .build();
    }

    private static Optional<JSONSchemaProps> property(JSONSchemaProps schema, String... path) {
        return Arrays.stream(path)
                .map(CrdRefinement::step)
                .reduce(Function.identity(), Function::andThen)
                .apply(Optional.of(schema));
    }

    private static Function<Optional<JSONSchemaProps>, Optional<JSONSchemaProps>> step(
            String name) {
        return parent -> parent.map(schema -> schema.getProperties().get(name));
    }
}
