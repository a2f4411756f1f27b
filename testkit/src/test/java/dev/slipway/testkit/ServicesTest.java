package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What services are given when they are made, and keep.
class ServicesTest {
    private final World world = World.of();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void haveAnAddressOfTheirOwn() {
        var one = world.apply(service("one", "ports: [{port: 80}]")).object();
        var two = world.apply(service("two", "ports: [{port: 80}]")).object();

        assertThat(one.spec().get("clusterIP").toString()).startsWith("10.96.");
        assertThat(one.spec())
                .containsEntry("clusterIPs", List.of(one.spec().get("clusterIP")))
                .containsEntry("ipFamilyPolicy", "SingleStack");
        assertThat(two.spec().get("clusterIP")).isNotEqualTo(one.spec().get("clusterIP"));
    }

    @Test
    void keepTheirAddressAndPortsOverUpdates() {
        var ports = "type: NodePort, ports: [{port: 80}]";
        var before = world.apply(service("one", ports)).object();
        var after = world.apply(service("one", ports + ", selector: {app: a}")).object();

        assertThat(after.spec().get("clusterIP")).isEqualTo(before.spec().get("clusterIP"));
        assertThat(after.spec().get("ports")).isEqualTo(before.spec().get("ports"));
        assertThat(before.spec().get("ports").toString()).contains("nodePort=3");
    }

    @Test
    void goWithoutAnAddressWhereTheyAskTo() {
        var headless = world.apply(service("one", "clusterIP: None, ports: [{port: 80}]")).object();
        var external =
                world.apply(service("two", "type: ExternalName, externalName: a.example.com"))
                        .object();

        assertThat(headless.spec()).containsEntry("clusterIPs", List.of("None"));
        assertThat(external.spec()).doesNotContainKeys("clusterIP", "clusterIPs", "ipFamilies");
    }

    @Test
    void giveUpTheirNodePortsWithTheirType() {
        var open = "ports: [{port: 80}], type: ";
        var ports = world.apply(service("one", open + "LoadBalancer")).object();
        assertThat(ports.at("spec", "externalTrafficPolicy")).isEqualTo("Cluster");

        var wanted = ports.copy();
        Json.child(wanted.tree(), "spec").put("type", "ClusterIP");
        var closed =
                world.resources()
                        .update(
                                world.served("v1", "Service"),
                                "default",
                                "one",
                                "",
                                wanted.tree(),
                                WriteOptions.controller("test", List.of()))
                        .object();

        assertThat(closed.spec().get("ports").toString()).doesNotContain("nodePort");
        assertThat(closed.spec()).doesNotContainKey("externalTrafficPolicy");
    }

    @Test
    void mayNotTakeAnAddressThatIsTakenOrLeaveTheirs() {
        world.apply(service("one", "clusterIP: 10.96.0.9, ports: [{port: 80}]"));

        assertThatThrownBy(() ->
                        world.apply(service("two", "clusterIP: 10.96.0.9, ports: [{port: 80}]")))
                .hasMessageContaining("provided IP is already allocated");
        assertThatThrownBy(() ->
                        world.apply(service("one", "clusterIP: 10.96.0.8, ports: [{port: 80}]")))
                .hasMessageContaining("may not change once set");
    }

    @Test
    void mayAskForNothingThatNoClusterOfOneFamilyHas() {
        var port = ", ports: [{port: 80}]";
        assertThatThrownBy(() -> world.apply(service("one", "clusterIP: 1.2.3.4" + port)))
                .hasMessageContaining(
                        "spec.clusterIPs: Invalid value: []string{\"1.2.3.4\"}: failed to allocate IP 1.2.3.4:"
                                + " the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/12");
        assertThatThrownBy(() -> world.apply(service("one", "clusterIP: \"fd00::1\"" + port)))
                .hasMessageContaining("IPv6 is not configured on this cluster");
        assertThatThrownBy(() ->
                        world.apply(service("one", "ipFamilyPolicy: RequireDualStack" + port)))
                .hasMessageContaining("this cluster is not configured for dual-stack services");
    }

    @Test
    void mayBeginWithADigitAsInNewerReleases() {
        assertThat(world.apply(service("1one", "ports: [{port: 80}]")).object().name())
                .isEqualTo("1one");
    }

    @Test
    void giveUpWhatIsInsideWhenTheyNameSomethingOutside() {
        var before = world.apply(service("one", "ports: [{port: 80}]")).object().copy();
        Json.child(before.tree(), "spec").put("type", "ExternalName");
        Json.child(before.tree(), "spec").put("externalName", "a.example.com");
        var after =
                world.resources()
                        .update(
                                world.served("v1", "Service"),
                                "default",
                                "one",
                                "",
                                before.tree(),
                                WriteOptions.controller("test", List.of()))
                        .object();

        assertThat(after.spec()).doesNotContainKeys("clusterIP", "internalTrafficPolicy");
        assertThatThrownBy(() ->
                        world.apply(
                                service(
                                        "two",
                                        "type: ExternalName, externalName: a.example.com, clusterIP: None")))
                .hasMessageContaining(
                        "spec.clusterIPs: Forbidden: may not be set for ExternalName");
    }

    @Test
    void mayNotTakeANodePortThatIsTakenOrOutOfRange() {
        var ports = "type: NodePort, ports: [{port: 80, nodePort: %d}]";
        world.apply(service("one", ports.formatted(31_000)));

        assertThatThrownBy(() -> world.apply(service("two", ports.formatted(31_000))))
                .hasMessageContaining(
                        "spec.ports[0].nodePort: Invalid value: 31000: provided port is already allocated");
        assertThatThrownBy(() -> world.apply(service("two", ports.formatted(80))))
                .hasMessageContaining("The range of valid ports is 30000-32767");
        assertThat(world.apply(service("one", ports.formatted(31_000) + ", selector: {a: b}")))
                .isNotNull();
    }

    private static String service(String name, String spec) {
        return "{apiVersion: v1, kind: Service, metadata: {name: %s}, spec: {%s}}"
                .formatted(name, spec);
    }
}
