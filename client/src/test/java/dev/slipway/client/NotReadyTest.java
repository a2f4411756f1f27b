package dev.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotReadyTest {
    private static final Resource OUTER =
            resource(
                    """
                    apiVersion: x/v1
                    kind: Outer
                    metadata: {name: o, namespace: 'n'}
                    status:
                      state: IN_PROGRESS
                      nodes:
                        - {id: fine, apiVersion: v1, kind: ConfigMap, name: c, namespace: 'n', state: SYNCED}
                        - {id: later, apiVersion: v1, kind: ConfigMap, state: IN_PROGRESS, message: waits for inner}
                        - {id: inner, apiVersion: x/v1, kind: Inner, name: i, namespace: 'n', state: WAITING_FOR_READINESS, message: not ready, since: "2026-01-31T12:00:00Z"}
                    """);

    private static final Resource INNER =
            resource(
                    """
                    apiVersion: x/v1
                    kind: Inner
                    metadata: {name: i, namespace: 'n'}
                    status:
                      state: IN_PROGRESS
                      nodes:
                        - {id: web, apiVersion: apps/v1, kind: Deployment, name: d, namespace: 'n', state: WAITING_FOR_READINESS, message: no replicas}
                    """);

    private static final Resource DEPLOYMENT =
            resource(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: d, namespace: 'n'}
                    status:
                      conditions:
                        - {type: Progressing, status: "True"}
                        - {type: Available, status: "False", message: none is available, lastTransitionTime: "2026-01-31T11:00:00Z"}
                    """);

    @Test
    void walksThroughNestedGraphsToTheFirstLeafThatFails() {
        var steps = NotReady.of(OUTER, finder(OUTER, INNER, DEPLOYMENT));
        assertThat(steps).extracting(NotReady.Step::name).containsExactly("o", "i", "d");
        assertThat(steps.getFirst().message())
                .isEqualTo(
                        "node inner is WAITING_FOR_READINESS since 2026-01-31T12:00:00Z: not ready");
        assertThat(steps.getLast())
                .returns("Available=False", NotReady.Step::state)
                .returns("none is available", NotReady.Step::message)
                .returns("2026-01-31T11:00:00Z", NotReady.Step::since);
    }

    @Test
    void endsWhereNobodyKnowsMore() {
        assertThat(NotReady.of(OUTER, finder()))
                .extracting(NotReady.Step::name)
                .containsExactly("o");
    }

    @Test
    void hasNoWayToGoFromWhatIsReady() {
        var ready =
                resource(
                        "{apiVersion: v1, kind: A, metadata: {name: a}, status: {conditions: [{type: Ready, status: \"True\"}]}}");
        assertThat(NotReady.of(ready, finder())).isEmpty();
    }

    @Test
    void doesNotGoInCircles() {
        var circle =
                resource(
                        """
                        apiVersion: x/v1
                        kind: Inner
                        metadata: {name: i, namespace: 'n'}
                        status: {nodes: [{id: back, apiVersion: x/v1, kind: Outer, name: o, namespace: 'n', state: ERROR, message: m}]}
                        """);
        assertThat(NotReady.of(OUTER, finder(OUTER, circle))).hasSize(2);
    }

    @Test
    void goesOnToTheContainerOfThePodThatFails() {
        var steps =
                NotReady.of(
                        INNER,
                        finder(
                                DEPLOYMENT,
                                owned(
                                        "Deployment",
                                        "d",
                                        "{kind: ReplicaSet, apiVersion: apps/v1, metadata: {name: old, namespace: 'n'}, spec: {replicas: 0}, status: {replicas: 0}}"),
                                owned(
                                        "Deployment",
                                        "d",
                                        "{kind: ReplicaSet, apiVersion: apps/v1, metadata: {name: rs, namespace: 'n'}, spec: {replicas: 3}, status: {readyReplicas: 1}}"),
                                owned(
                                        "ReplicaSet",
                                        "rs",
                                        "{kind: Pod, apiVersion: v1, metadata: {name: well, namespace: 'n'}, status: {conditions: [{type: Ready, status: 'True'}]}}"),
                                owned(
                                        "ReplicaSet",
                                        "rs",
                                        "{kind: Pod, apiVersion: v1, metadata: {name: ill, namespace: 'n'}, status: {conditions: [{type: Ready, status: 'False', reason: ContainersNotReady, lastTransitionTime: '2026-01-31T10:00:00Z'}], containerStatuses: [{name: side, ready: true}, {name: web, ready: false, state: {waiting: {reason: ImagePullBackOff, message: no such image}}}]}}")));
        assertThat(steps).extracting(NotReady.Step::name).containsExactly("i", "d", "rs", "ill");
        assertThat(steps.get(2).message()).isEqualTo("1 of 3 replicas are ready");
        assertThat(steps.getLast())
                .returns("ImagePullBackOff", NotReady.Step::state)
                .returns("2026-01-31T10:00:00Z", NotReady.Step::since)
                .returns("container web: ImagePullBackOff: no such image", NotReady.Step::message);
    }

    @Test
    void tellsThatAPodFoundNoNode() {
        var pod =
                resource(
                        "{kind: Pod, apiVersion: v1, metadata: {name: p}, status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no node}]}}");
        assertThat(NotReady.of(pod, finder()))
                .singleElement()
                .returns("no node", NotReady.Step::message);
    }

    private static Resource owned(String kind, String name, String yaml) {
        var object = resource(yaml);
        Json.child(object.tree(), "metadata")
                .put("ownerReferences", List.of(Map.of("kind", kind, "name", name)));
        return object;
    }

    private static NotReady.Finder finder(Resource... known) {
        return new NotReady.Finder() {
            @Override
            public Optional<Resource> find(
                    String apiVersion, String kind, String namespace, String name) {
                return List.of(known).stream()
                        .filter(one ->
                                one.kind().equals(kind)
                                        && one.apiVersion().equals(apiVersion)
                                        && one.namespace().equals(namespace)
                                        && one.name().equals(name))
                        .findFirst();
            }

            @Override
            public List<Resource> children(Resource owner) {
                return List.of(known).stream()
                        .filter(one ->
                                Json.list(one.metadata(), "ownerReferences").stream()
                                        .anyMatch(reference ->
                                                owner.kind().equals(Json.at(reference, "kind"))
                                                        && owner.name()
                                                                .equals(
                                                                        Json.at(
                                                                                reference,
                                                                                "name"))))
                        .toList();
            }
        };
    }

    private static Resource resource(String yaml) {
        return new Resource(
                Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8))));
    }
}
