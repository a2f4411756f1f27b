package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A kind that is served in several versions, of which one is stored.
class VersionsTest {
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: ships.sea.example}
            spec:
              group: sea.example
              scope: Namespaced
              names: {plural: ships, kind: Ship}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {
                    name: {type: string}, masts: {type: integer}, flag: {type: string, default: red}}}}}}
                - name: v1beta1
                  served: true
                  storage: false
                  schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {
                    name: {type: string}, crew: {type: integer, default: 9}}}}}}
            """;

    private final World world = World.of();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void showsEachVersionWhatItsSchemaKnows() {
        ships();
        world.apply(
                "{apiVersion: sea.example/v1, kind: Ship, metadata: {name: anna}, spec: {name: Anna, masts: 3}}");

        assertThat(spec("v1")).isEqualTo(Map.of("name", "Anna", "masts", 3L, "flag", "red"));
        assertThat(spec("v1beta1")).isEqualTo(Map.of("name", "Anna", "crew", 9L));
    }

    @Test
    void storesWhatIsWrittenInAnotherVersion() {
        ships();
        world.apply(
                "{apiVersion: sea.example/v1beta1, kind: Ship, metadata: {name: anna}, spec: {name: Anna, crew: 2}}");

        assertThat(spec("v1")).isEqualTo(Map.of("name", "Anna", "flag", "red"));
    }

    private void ships() {
        world.apply(CRD);
        world.settle();
    }

    private Map<String, Object> spec(String version) {
        return world.find("sea.example/" + version, "Ship", "default", "anna").orElseThrow().spec();
    }
}
