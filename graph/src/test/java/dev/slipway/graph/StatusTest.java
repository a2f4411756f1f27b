package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What authors let instances say of themselves.
class StatusTest extends GraphWorld {
    @Test
    void projectsTheStatusOfTheAuthor() {
        world.apply(
                withStatus(
                        "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {'n': '8'}}}",
                        """
                        name: ${cm.metadata.name}
                        number: ${int(cm.data.n)}
                        both: "${cm.metadata.name}/${cm.data.n}"
                        list: ["${cm.data.n}"]
                        absent: ${cm.data.missing}
                        wrong: ${1 / int(cm.data.zero)}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        var status = find("one").status();
        assertThat(status)
                .containsEntry("name", "one")
                .containsEntry("number", 8L)
                .containsEntry("both", "one/8")
                .containsEntry("list", List.of("8"))
                .containsEntry("state", "ACTIVE")
                .doesNotContainKeys("absent", "wrong");

        world.merge("v1", "ConfigMap", "default", "one", "{data: {zero: '0'}}");
        world.eventually("the error is told", () -> "ERROR".equals(thingState("one")));
        assertThat(condition(find("one"), "ResourcesReady").get("message"))
                .asString()
                .contains("status.wrong");
        assertThat(find("one").status()).containsEntry("number", 8L);
    }

    @Test
    void infersTheSchemaOfTheStatus() {
        world.apply(
                withStatus(
                        "- {id: d, template: {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a, image: b}]}}}}}",
                        """
                        replicas: ${d.status.?availableReplicas}
                        since: ${d.metadata.creationTimestamp}
                        conditions2: ${d.status.conditions}
                        """));
        world.settle();
        var version =
                Json.list(crd("things.things.test").orElseThrow().spec(), "versions").getFirst();
        var properties =
                Json.at(version, "schema", "openAPIV3Schema", "properties", "status", "properties");
        assertThat(Json.at(properties, "replicas", "type")).isEqualTo("integer");
        assertThat(Json.at(properties, "since", "format")).isEqualTo("date-time");
        assertThat(Json.at(properties, "conditions2", "items", "properties", "status", "type"))
                .isEqualTo("string");
        assertThat(Json.at(properties, "state", "type")).isEqualTo("string");
    }

    private static String withStatus(String resources, String status) {
        return things(resources)
                .replace(
                        "  resources:",
                        ("status:\n" + status.indent(2)).indent(4) + "  resources:");
    }
}
