package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private final List<String> complaints = new ArrayList<>();

    @Test
    void tellsWhatWouldHappenLineByLine() {
        assertThat(
                        print(
                                """
                                revision: 71
                                summary: 1 created, 1 changed, 1 deleted
                                complete: true
                                hidden: 2
                                items:
                                  - {kind: Service, namespace: default, name: web, operation: created, differences: [{path: "", after: {}}]}
                                  - kind: Deployment
                                    namespace: default
                                    name: web
                                    operation: changed
                                    differences: [{path: spec.replicas, before: 2, after: 3}, {path: spec.paused, after: true}]
                                    related: [{type: controls, kind: ReplicaSet, namespace: default, name: web-1}]
                                  - {kind: Namespace, namespace: "", name: old, operation: deleted, hidden: true}
                                  - {kind: Pod, namespace: default, name: a, operation: deleted, owner: {kind: Job, namespace: default, name: j}, finalizers: [x/y, z/z]}
                                  - {kind: Pod, namespace: default, name: b, operation: pruned, owner: {kind: Shop, namespace: "", name: s}}
                                  - {kind: Pod, namespace: default, name: c, operation: replaced}
                                  - {kind: Pod, namespace: default, name: d, operation: terminating, finalizers: [x/y]}
                                states:
                                  - {kind: Web, namespace: default, name: a, before: ACTIVE, state: ERROR, message: "no", breaks: true}
                                unknown:
                                  - {controller: robot, count: 1, objects: [{kind: Service, namespace: default, name: web}]}
                                """))
                .isEqualTo(
                        """
                        + Service default/web
                        ~ Deployment default/web
                              spec.replicas: 2 → 3
                              spec.paused: nothing → true
                              controls ReplicaSet default/web-1
                        - Namespace old  (not yours to read)
                        - Pod default/a goes with Job default/j, waits for x/y, z/z
                        - Pod default/b is pruned: Shop s wants it no longer
                        ± Pod default/c is replaced
                        = Pod default/d is being deleted already, waits for x/y
                        and 2 objects that are not yours to read
                        ! Web default/a would break, ACTIVE → ERROR: no
                        ? robot would act on 1 of these; what it does is not known beforehand: Service default/web
                        Plan at revision 71: 1 created, 1 changed, 1 deleted
                        """);
        assertThat(complaints).isEmpty();
    }

    @Test
    void complainsAboutWhatIsRefusedWithItsPlace() {
        print(
                """
                revision: 71
                summary: nothing would change
                complete: true
                refused:
                  - {proposal: 0, message: it is wrong, details: {causes: [{field: spec.a, message: bad}]}}
                """);
        assertThat(complaints).containsExactly("web.yaml:1: spec.a: bad");
        assertThat(PlanText.isBad(tree("{complete: true, refused: [{proposal: 0}]}"))).isTrue();
        assertThat(PlanText.isBad(tree("{complete: false}"))).isTrue();
        assertThat(PlanText.isBad(tree("{complete: true}"))).isFalse();
    }

    private String print(String plan) {
        var bytes = new ByteArrayOutputStream();
        new PlanText(
                        new PrintStream(bytes, true, StandardCharsets.UTF_8),
                        complaints::add,
                        List.of("web.yaml:1"))
                .print(tree(plan));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> tree(String yaml) {
        return Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
