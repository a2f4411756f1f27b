package dev.slipway.graph.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Spot;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What authors are told: everything at once, each with its place, the types, and the word that was meant.
class MessagesTest {
    private static final Kinds KINDS = new KindIndex(BuiltInKinds.load(), 0);

    @Test
    void tellsEverythingAtOnceWithPlacesAndCarets() {
        assertThat(
                        told(
                                """
                                kind: ResourceGraphDefinition
                                metadata: {name: web}
                                spec:
                                  schema:
                                    apiVersion: v1
                                    kind: Web
                                    spec: {replicas: integer, image: "string | defualt=x", names: "[]string"}
                                    status: {ready: "${deploymnt.status.readyReplicas}"}
                                  resources:
                                    - id: deployment
                                      includeWhen: ["${schema.spec.replicas}"]
                                      readyWhen: ["${deployment.status.readyReplica > 0}"]
                                      template:
                                        apiVersion: apps/v1
                                        kind: Deployment
                                        metadata: {name: "${schema.metadata.nmae}"}
                                        spec:
                                          replicas: ${schema.spec.image}
                                          paused: "a ${schema.spec.replicas} b"
                                          selectr: {}
                                    - id: services
                                      forEach: [{port: "${schema.spec.replicas}"}]
                                      template:
                                        apiVersion: v1
                                        kind: Service
                                        metadata: {name: "x-${string(port)}"}
                                        spec:
                                          clusterIP: |-
                                            ${schema.spec.image +
                                              lowerAsci(schema.spec.image)}
                                """))
                .isEqualTo(
                        """
                        spec.schema.spec.image: Invalid value: "string | defualt=x": unknown marker "defualt", did you mean "default"?
                        spec.resources[0].template.metadata.name: Invalid value: "${schema.metadata.nmae}": expression: undefined field 'nmae', did you mean 'name'?
                            ${schema.metadata.nmae}
                                              ^
                        spec.resources[0].template.spec.replicas: Invalid value: "${schema.spec.image}": expected int, got string
                            ${schema.spec.image}
                              ^
                        spec.resources[0].template.spec.paused: Invalid value: "a ${schema.spec.replicas} b": expression: expected string, got int: between other text 'schema.spec.replicas' must be a string; write string(...)
                            a ${schema.spec.replicas} b
                                ^
                        spec.resources[0].template.spec.selectr: Invalid value: "selectr": unknown field, spec has no field of this name, did you mean "selector"?
                        spec.resources[0].includeWhen[0]: Invalid value: "${schema.spec.replicas}": expected bool, got int
                            ${schema.spec.replicas}
                              ^
                        spec.resources[0].readyWhen[0]: Invalid value: "${deployment.status.readyReplica > 0}": expression: undefined field 'readyReplica', did you mean 'readyReplicas'?
                            ${deployment.status.readyReplica > 0}
                                                ^
                        spec.resources[1].forEach[0].port: Invalid value: "${schema.spec.replicas}": forEach of services goes over a list, got int
                            ${schema.spec.replicas}
                              ^
                        spec.resources[1].template.spec.clusterIP: Invalid value: "${schema.spec.image +\\n  lowerAsci(schema.spec.image)}": expression: line 2, column 3: unknown function 'lowerAsci', did you mean '….lowerAscii()'?
                              lowerAsci(schema.spec.image)}
                              ^
                        spec.schema.status.ready: Invalid value: "${deploymnt.status.readyReplicas}": expression: unknown identifier 'deploymnt', did you mean 'deployment'?
                            ${deploymnt.status.readyReplicas}
                              ^
                        """);
    }

    @Test
    void tellsWhichKindMayHaveBeenMeant() {
        assertThat(
                        told(
                                """
                                kind: ResourceGraphDefinition
                                metadata: {name: web}
                                spec:
                                  schema: {apiVersion: v1, kind: Web, spec: {}}
                                  resources:
                                    - {id: a, template: {apiVersion: v1, kind: Deployment, metadata: {name: a}}}
                                    - {id: b, template: {apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: b}}}
                                    - {id: c, template: {apiVersion: apps/v1, kind: Deploymnt, metadata: {name: c}}}
                                    - {id: d, externalRef: {apiVersion: app/v1, kind: Deployment, metadata: {name: d}}}
                                    - {id: e, dependsOn: [bb], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: e}}}
                                """))
                .isEqualTo(
                        """
                        spec.resources[0].template.kind: Not found: "Deployment": there is no kind Deployment in v1, did you mean apps/v1?
                        spec.resources[1].template.kind: Not found: "Deployment": there is no kind Deployment in apps/v1beta1; it is served as apps/v1
                        spec.resources[2].template.kind: Not found: "Deploymnt": there is no kind Deploymnt in apps/v1, did you mean "Deployment"?
                        spec.resources[3].externalRef.kind: Not found: "Deployment": there is no kind Deployment in app/v1; create its CustomResourceDefinition, or the graph that defines it, did you mean apps/v1?
                        spec.resources[4].dependsOn[0]: Invalid value: "bb": there is no resource with this id, did you mean "b"?
                        """);
    }

    @Test
    void readsADefinitionOfFiveHundredResources() {
        var resources =
                IntStream.range(0, 500)
                        .mapToObj(i ->
                                """
                                    - id: node%d
                                      template:
                                        apiVersion: v1
                                        kind: ConfigMap
                                        metadata: {name: "${schema.metadata.name}-%d"}
                                        data: {before: "${%s}"}
                                """
                                        .formatted(
                                                i,
                                                i,
                                                i == 0
                                                        ? "schema.spec.nothing"
                                                        : "node%d.metadata.name".formatted(i - 1)))
                        .collect(Collectors.joining());
        assertThat(
                        causes(
                                """
                                kind: ResourceGraphDefinition
                                metadata: {name: web}
                                spec:
                                  schema: {apiVersion: v1, kind: Web, spec: {}}
                                  resources:
                                """
                                        + resources))
                .extracting(FieldCause::field)
                .containsExactly("spec.resources[0].template.data.before");
    }

    @Test
    void showsOfALongLineWhatLiesAroundThePlace() {
        var spot = new Spot("x".repeat(300) + "!" + "y".repeat(300), 1, 301);
        var lines = spot.excerpt().strip().lines().toList();
        assertThat(lines.getFirst()).hasSizeLessThan(120).contains("!");
        assertThat(lines.getLast().indexOf('^') - 4).isEqualTo(lines.getFirst().indexOf('!'));
    }

    private static String told(String yaml) {
        return causes(yaml).stream()
                .map(cause -> cause.field() + ": " + cause.shown() + "\n")
                .collect(Collectors.joining());
    }

    private static List<FieldCause> causes(String yaml) {
        var tree = Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
        return Compiler.compile(new Definition(new Resource(tree)), KINDS)
                        instanceof Compiled.Rejected rejected
                ? rejected.causes()
                : List.of();
    }
}
