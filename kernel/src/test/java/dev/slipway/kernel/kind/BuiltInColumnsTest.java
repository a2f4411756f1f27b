package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInColumnsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    @Test
    void showsADeploymentAsKubectlDoes() {
        assertThat(names("apps/deployments"))
                .containsExactly(
                        "Ready",
                        "Up-to-date",
                        "Available",
                        "Age",
                        "Containers",
                        "Images",
                        "Selector");
        assertThat(
                        cells(
                                "apps/deployments",
                                """
                                {"spec":{"replicas":3,"selector":{"matchLabels":{"b":"2","a":"1"},
                                   "matchExpressions":[{"key":"c","operator":"In","values":["x","y"]}]},
                                 "template":{"spec":{"containers":[{"name":"m","image":"i:1"},{"name":"s","image":"j"}]}}},
                                 "status":{"readyReplicas":2,"updatedReplicas":3}}\
                                """))
                .containsEntry("Ready", "2/3")
                .containsEntry("Up-to-date", 3L)
                .containsEntry("Available", 0L)
                .containsEntry("Containers", "m,s")
                .containsEntry("Images", "i:1,j")
                .containsEntry("Selector", "a=1,b=2,c in (x,y)");
    }

    @Test
    void keepsWideColumnsBehindTheAge() {
        assertThat(BuiltInColumns.of("apps/deployments"))
                .filteredOn(column -> column.priority() > 0)
                .extracting(PrinterColumn::name)
                .containsExactly("Containers", "Images", "Selector");
    }

    @Test
    void countsData() {
        assertThat(
                        cells(
                                "/configmaps",
                                "{\"data\":{\"a\":\"\",\"b\":\"\"},\"binaryData\":{\"c\":\"\"}}"))
                .containsEntry("Data", 3L);
        assertThat(cells("/secrets", "{}")).containsEntry("Data", 0L);
    }

    @Test
    void showsAServiceAsKubectlDoes() {
        assertThat(
                        cells(
                                "/services",
                                """
                                {"spec":{"type":"NodePort","selector":{"app":"a"},
                                 "ports":[{"port":80,"protocol":"TCP","nodePort":30080},{"port":53,"protocol":"UDP"}]}}\
                                """))
                .containsEntry("Cluster-IP", "<none>")
                .containsEntry("External-IP", "<none>")
                .containsEntry("Port(s)", "80:30080/TCP,53/UDP")
                .containsEntry("Selector", "app=a");
        assertThat(cells("/services", "{\"spec\":{\"type\":\"LoadBalancer\"}}"))
                .containsEntry("External-IP", "<pending>");
    }

    @Test
    void tellsWhatIsWrongWithAPod() {
        assertThat(
                        cells(
                                "/pods",
                                """
                                {"spec":{"containers":[{},{}]},"status":{"phase":"Running","containerStatuses":[
                                  {"ready":true,"restartCount":1},
                                  {"ready":false,"restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}\
                                """))
                .containsEntry("Ready", "1/2")
                .containsEntry("Status", "CrashLoopBackOff")
                .containsEntry("Restarts", "3");
    }

    @Test
    void showsAVolumeAndItsClaim() {
        assertThat(
                        cells(
                                "/persistentvolumes",
                                """
                                {"metadata":{"deletionTimestamp":"2026-01-01T00:55:00Z"},
                                 "spec":{"claimRef":{"namespace":"n","name":"c"}},"status":{"phase":"Bound"}}\
                                """))
                .containsEntry("Claim", "n/c")
                .containsEntry("Status", "Terminating")
                .containsEntry("VolumeAttributesClass", "<unset>");
        var claim =
                """
                {"spec":{%s},"status":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"]}}\
                """;
        assertThat(cells("/persistentvolumeclaims", claim.formatted("\"volumeName\":\"v\"")))
                .containsEntry("Capacity", "1Gi")
                .containsEntry("Access Modes", "RWO");
        assertThat(cells("/persistentvolumeclaims", claim.formatted("")))
                .containsEntry("Capacity", "")
                .containsEntry("Access Modes", "");
    }

    @Test
    void setsWhatIsUsedBesideWhatMayBe() {
        assertThat(
                        cells(
                                "/resourcequotas",
                                """
                                {"status":{"hard":{"pods":"10","cpu":"2","limits.cpu":"4"},"used":{"cpu":"1"}}}\
                                """))
                .containsEntry("Request", "cpu: 1/2, pods: 0/10")
                .containsEntry("Limit", "limits.cpu: 0/4");
    }

    @Test
    void namesWhoControlsARevision() {
        assertThat(
                        cells(
                                "apps/controllerrevisions",
                                """
                                {"metadata":{"ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web",
                                 "controller":true}]},"revision":3}\
                                """))
                .containsEntry("Controller", "statefulset.apps/web")
                .containsEntry("Revision", 3L);
    }

    @Test
    void placesTheNameOfAnEventLast() {
        assertThat(names("/events")).endsWith("First Seen", "Count", "Name");
        assertThat(names("/nodes")).startsWith("Status", "Roles", "Age", "Version", "Internal-IP");
    }

    @Test
    void measuresAJobThatRuns() {
        assertThat(
                        cells(
                                "batch/jobs",
                                """
                                {"spec":{"completions":2},"status":{"startTime":"2026-01-01T00:55:00Z","succeeded":1}}\
                                """))
                .containsEntry("Status", "Running")
                .containsEntry("Completions", "1/2")
                .containsEntry("Duration", "5m");
    }

    @Test
    void listsAFewEndpoints() {
        var slice =
                """
                {"endpoints":[{"addresses":["10.0.0.1"]},{"addresses":["10.0.0.2"]},
                 {"addresses":["10.0.0.3"]},{"addresses":["10.0.0.4"]}]}\
                """;
        assertThat(cells("discovery.k8s.io/endpointslices", slice))
                .containsEntry("Endpoints", "10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...");
    }

    @Test
    void tellsHowLongAgoAsAText() {
        var map = "{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:59:00Z\"}}";
        assertThat(cells("/configmaps", map)).containsEntry("Age", "60s");
        assertThat(cells("/configmaps", "{}")).containsEntry("Age", "<unknown>");
        assertThat(cells("batch/cronjobs", "{\"spec\":{\"suspend\":true}}"))
                .containsEntry("Last Schedule", "<none>")
                .containsEntry("Suspend", "True");
        assertThat(cells("rbac.authorization.k8s.io/roles", map))
                .containsEntry("Created At", "2026-01-01T00:59:00Z");
    }

    /// Counts are numbers in columns of texts, for historical reasons of the original.
    @ParameterizedTest
    @CsvSource({
        "/configmaps, string string",
        "/secrets, string string string",
        "apps/replicasets, integer integer integer string string string string",
        "batch/cronjobs, string string boolean integer string string string string string",
        "rbac.authorization.k8s.io/roles, date"
    })
    void declaresTheTypesThatKubectlExpects(String path, String types) {
        assertThat(BuiltInColumns.of(path).stream().map(PrinterColumn::type))
                .containsExactly(types.split(" "));
    }

    @Test
    void showsEveryKindWithoutAnyContent() {
        for (var kind : BuiltInKinds.load()) {
            for (var column : kind.storage().columns()) {
                column.cell().ifPresent(cell -> assertThat(cell.of(Map.of(), NOW)).isNotNull());
                assertThat(column.cell().isPresent())
                        .as(kind.names().kind() + " " + column.name())
                        .isEqualTo(column.jsonPath().isEmpty());
            }
        }
    }

    private static List<String> names(String path) {
        return BuiltInColumns.of(path).stream().map(PrinterColumn::name).toList();
    }

    private static Map<String, Object> cells(String path, String object) {
        var tree = Json.readObject(object);
        Map<String, Object> cells = new LinkedHashMap<>();
        BuiltInColumns.of(path)
                .forEach(column ->
                        column.cell()
                                .ifPresent(cell ->
                                        Json.put(cells, column.name(), cell.of(tree, NOW))));
        return cells;
    }
}
