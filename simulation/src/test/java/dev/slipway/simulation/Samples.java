package dev.slipway.simulation;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What clients create: a few kinds whose objects own, define, template and mention each other.
final class Samples {
    static final List<String> NAMES = List.of("ant", "bee", "cat", "dog", "elk");
    static final List<String> NAMESPACES = List.of("default", "default", "red", "blue");

    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: boats.sea.example}
            spec:
              group: sea.example
              scope: Namespaced
              names: {plural: boats, kind: Boat}
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            berths: {type: integer, default: BERTHS}
                        status:
                          type: object
                          properties:
                            afloat: {type: boolean}
            """;

    private static final String GRAPH =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: NAME}
            spec:
              schema:
                apiVersion: v1
                group: sim.example
                kind: Pair
                spec:
                  text: string | default="x"
                  more: boolean | default=false
                status:
                  first: ${one.metadata.uid}
              resources:
                - id: one
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "${schema.metadata.name}-one"}
                    data: {text: "${schema.spec.text}"}
                - id: two
                  includeWhen: ["${schema.spec.more}"]
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "${schema.metadata.name}-two"}
                    data: {first: "${one.metadata.uid}", fixed: "FIXED"}
            """;

    private Samples() {}

    static Resource configMap(String name, String text) {
        return parse(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {text: %s}}"
                        .formatted(name, text));
    }

    static Resource namespace(String name) {
        return parse("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    }

    static Resource boat(String name, int berths) {
        return parse(
                "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: %s}, spec: {berths: %d}}"
                        .formatted(name, berths));
    }

    static Resource boats(int berths) {
        return parse(CRD.replace("BERTHS", Integer.toString(berths)));
    }

    static Resource graph(String name, String fixed) {
        return parse(GRAPH.replace("NAME", name).replace("FIXED", fixed));
    }

    static Resource pair(String name, String text, boolean more) {
        return parse(
                "{apiVersion: sim.example/v1, kind: Pair, metadata: {name: %s}, spec: {text: %s, more: %s}}"
                        .formatted(name, text, more));
    }

    static Resource component(String name, String owner, String system) {
        return parse(
                """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: %s}
                spec: {type: service, lifecycle: production, owner: %s, system: %s}
                """
                        .formatted(name, owner, system));
    }

    static Resource system(String name) {
        return parse(
                "{apiVersion: backstage.io/v1alpha1, kind: System, metadata: {name: %s}, spec: {owner: nobody}}"
                        .formatted(name));
    }

    private static Resource parse(String yaml) {
        if (Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> tree) {
            return new Resource(Json.cast(tree));
        }
        throw new IllegalArgumentException(yaml);
    }
}
