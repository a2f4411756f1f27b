package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Definitions of Kubernetes as documents have them.
class ComponentsTest {
    private static final String DEPLOYMENT = "io.k8s.api.apps.v1.Deployment";
    private static final String CONTAINER = "io.k8s.api.core.v1.Container";

    private final Components all = Components.load();

    private Map<String, Object> with(String name) {
        Map<String, Object> components = new LinkedHashMap<>();
        all.put(name, components);
        return components;
    }

    private static @Nullable Object field(
            Map<String, Object> components, String definition, String... path) {
        return Json.at(Json.at(components, definition, "properties"), path);
    }

    private static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    @Test
    void bringsWhatADefinitionRefersTo() {
        var components = with(DEPLOYMENT);

        assertThat(components)
                .containsKeys(
                        DEPLOYMENT + "Spec",
                        "io.k8s.api.core.v1.PodTemplateSpec",
                        CONTAINER,
                        "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference")
                .doesNotContainKey("io.k8s.api.core.v1.Service");
        assertThat(field(components, DEPLOYMENT + "Spec", "template", "default"))
                .isEqualTo(Map.of());
        assertThat(field(components, DEPLOYMENT + "Spec", "template", "allOf"))
                .isEqualTo(List.of(reference("io.k8s.api.core.v1.PodTemplateSpec")));
        assertThat(field(components, DEPLOYMENT + "Spec", "selector", "default")).isNull();
        assertThat(field(components, DEPLOYMENT + "Spec", "selector"))
                .asString()
                .contains(
                        "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector");
    }

    @Test
    void saysWhatIsNotToldFromAbsence() {
        var components = with(DEPLOYMENT);

        assertThat(field(components, CONTAINER, "name", "default")).isEqualTo("");
        assertThat(field(components, CONTAINER, "image", "default")).isNull();
        assertThat(field(components, DEPLOYMENT, "kind", "default")).isNull();
        assertThat(field(components, CONTAINER, "command", "items", "default")).isEqualTo("");
        assertThat(field(components, CONTAINER, "livenessProbe", "default")).isNull();
    }

    @Test
    void namesTheFewValuesOfAField() {
        var components = with("io.k8s.api.core.v1.PersistentVolumeClaim");

        assertThat(field(with(DEPLOYMENT), CONTAINER, "imagePullPolicy", "enum"))
                .isEqualTo(List.of("Always", "IfNotPresent", "Never"));
        assertThat(
                        field(
                                components,
                                "io.k8s.api.core.v1.PersistentVolumeClaimSpec",
                                "accessModes",
                                "items",
                                "enum"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains("ReadWriteOnce");
    }

    @Test
    void saysNothingOfItsOwn() {
        var schemas =
                with(
                        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition");

        assertThat(
                        Json.object(
                                schemas,
                                "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"))
                .containsOnlyKeys("description");
        assertThat(
                        field(
                                schemas,
                                "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps",
                                "not"))
                .asString()
                .contains("apiextensions.v1.JSONSchemaProps");
    }

    @Test
    void everyDefinitionAndReferenceIsThere() {
        var definitions = Definitions.load();
        for (var name : Definitions.facts().keySet()) {
            assertThat(with(name)).containsKey(name);
            assertThat(definitions.schema(name)).isNotNull();
        }
    }

    @Test
    void saysWhatItIsFor() {
        var time = all.component("io.k8s.apimachinery.pkg.apis.meta.v1.Time");

        assertThat(Json.string(time, "description")).contains("2006-01-02T15:04:05Z");
        assertThat(time).containsEntry("format", "date-time");
        assertThat(
                        Json.at(
                                all.component("io.k8s.api.core.v1.Taint"),
                                "properties",
                                "timeAdded",
                                "description"))
                .isNotNull();
    }

    @Test
    void findsTheDefinitionOfAKind() {
        assertThat(all.ofKind("apps", "v1", "Deployment")).contains(DEPLOYMENT);
        assertThat(all.ofKind("events.k8s.io", "v1", "Event"))
                .contains("io.k8s.api.events.v1.Event");
        assertThat(all.ofKind("example.com", "v1", "Show")).isEmpty();
    }
}
