package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How the replica sets of a deployment are made, named and numbered.
record Revisions(Rollout rollout) {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MOST = "deployment.kubernetes.io/max-replicas";

    /// What a replica set does not take over from its deployment.
    private static final Set<String> OWN =
            Set.of(
                    REVISION,
                    HISTORY,
                    DESIRED,
                    MOST,
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "deprecated.deployment.rollback.to",
                    "deprecated.daemonset.template.generation");

    /// The rollout with a replica set for the template, which has the highest number.
    Rollout begun() {
        var newest = newest();
        var set =
                rollout.current().map(one -> renumbered(one, newest)).orElseGet(() -> make(newest));
        var number = set.annotation(REVISION).orElse("1");
        if (!rollout.deployment().annotation(REVISION).filter(number::equals).isPresent()) {
            stage().annotate(rollout.deployment(), Tree.of(REVISION, number));
        }
        return rollout.again();
    }

    private Stage stage() {
        return rollout.stage();
    }

    private long newest() {
        return rollout.old().stream().mapToLong(Revisions::number).max().orElse(0) + 1;
    }

    /// The number of a replica set, 0 while it has none.
    static long number(Resource set) {
        return set.annotation(REVISION)
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /// The sizes that a replica set notes, so that a change of them is seen.
    static Map<String, Object> sizes(Rollout rollout) {
        return Tree.of(
                DESIRED,
                Long.toString(rollout.replicas()),
                MOST,
                Long.toString(rollout.replicas() + rollout.surge()));
    }

    /// A replica set that is wanted again gets a new number; what its deployment says of itself goes along.
    private Resource renumbered(Resource set, long newest) {
        var changes = new LinkedHashMap<String, Object>();
        if (number(set) < newest) {
            changes.put(REVISION, Long.toString(newest));
            if (number(set) > 0) {
                changes.put(HISTORY, history(set));
            }
        }
        inherited()
                .forEach((key, value) -> {
                    if (!Objects.equals(set.annotations().get(key), value)) {
                        changes.put(key, value);
                    }
                });
        takenBack(set, changes);
        sizes(rollout)
                .forEach((key, value) -> {
                    if (!Objects.equals(set.annotations().get(key), value) && !rollout.isScaled()) {
                        changes.put(key, value);
                    }
                });
        return changes.isEmpty() ? set : stage().annotate(set, changes);
    }

    /// A fault that the deployment no longer asks for.
    private void takenBack(Resource set, Map<String, Object> changes) {
        var key = Fault.ANNOTATION;
        if (set.annotations().containsKey(key)
                && !rollout.deployment().annotations().containsKey(key)) {
            Json.put(changes, key, null);
        }
    }

    private static String history(Resource set) {
        return set.annotation(HISTORY).map(before -> before + ",").orElse("") + number(set);
    }

    private Map<String, Object> inherited() {
        var inherited = new LinkedHashMap<String, Object>();
        rollout.deployment()
                .annotations()
                .forEach((key, value) -> {
                    if (!OWN.contains(key)) {
                        inherited.put(key, value);
                    }
                });
        return inherited;
    }

    private Resource make(long newest) {
        var deployment = rollout.deployment();
        var template = Template.of(deployment.spec());
        var hash = free(template);
        var annotations = inherited();
        annotations.put(REVISION, Long.toString(newest));
        annotations.putAll(sizes(rollout));
        var set = stage().create(ClusterKinds.REPLICA_SETS, tree(template, hash, annotations));
        var size = Rollout.specReplicas(set);
        if (size > 0) {
            new Telling(stage(), deployment).scaled(set, 0, size);
        }
        return set;
    }

    private Map<String, Object> tree(
            Template template, String hash, Map<String, Object> annotations) {
        var deployment = rollout.deployment();
        var selector = Json.copy(Json.object(deployment.spec(), "selector"));
        Json.child(selector, "matchLabels").put(Template.HASH, hash);
        var labels = new LinkedHashMap<>(template.labels());
        labels.put(Template.HASH, hash);
        return Tree.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "ReplicaSet",
                "metadata",
                Tree.of(
                        "name",
                        deployment.name() + "-" + hash,
                        "namespace",
                        deployment.namespace(),
                        "labels",
                        labels,
                        "annotations",
                        annotations,
                        "ownerReferences",
                        Made.owners(deployment)),
                "spec",
                spec(template, hash, selector));
    }

    private Map<String, Object> spec(Template template, String hash, Map<String, Object> selector) {
        var spec =
                Tree.of(
                        "replicas",
                        first(),
                        "selector",
                        selector,
                        "template",
                        template.with(Template.HASH, hash));
        Tree.putUnlessZero(
                spec,
                "minReadySeconds",
                Tree.number(rollout.deployment().spec(), "minReadySeconds", 0));
        return spec;
    }

    /// How many pods the new replica set begins with.
    private long first() {
        if (rollout.isRecreate()) {
            return rollout.replicas();
        }
        var free =
                rollout.replicas()
                        + rollout.surge()
                        - Rollout.sum(rollout.old(), Rollout::specReplicas);
        return Math.clamp(free, 0, rollout.replicas());
    }

    /// The hash of a template, counted on where another template has the name.
    private String free(Template template) {
        var deployment = rollout.deployment();
        for (long collisions = 0; ; collisions++) {
            var hash = template.hash(collisions);
            Optional<Resource> other =
                    stage().find(
                                    ClusterKinds.REPLICA_SETS,
                                    deployment.namespace(),
                                    deployment.name() + "-" + hash);
            if (other.isEmpty()) {
                return hash;
            }
        }
    }
}
