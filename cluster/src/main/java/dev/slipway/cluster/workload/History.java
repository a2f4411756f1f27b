package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// The templates that a stateful set or daemon set had, kept as controller revisions.
///
/// @param current the one of the template that is wanted now
/// @param all by number
record History(Stage stage, Resource workload, Resource current, List<Resource> all) {
    static final String HASH = "controller-revision-hash";

    private static final Comparator<Resource> BY_NUMBER =
            Comparator.<Resource>comparingLong(History::number).thenComparing(Resource::name);

    /// The history with a revision for the template, which has the highest number.
    static History of(Stage stage, Resource workload) {
        var known =
                stage
                        .claimed(ClusterKinds.CONTROLLER_REVISIONS, workload, History::isTemplate)
                        .stream()
                        .sorted(BY_NUMBER)
                        .toList();
        var template = Template.of(workload.spec());
        var newest = known.isEmpty() ? 0 : number(known.getLast());
        var current =
                known.stream()
                        .filter(one -> template.isSame(template(one)))
                        .findFirst()
                        .map(one -> renumbered(stage, one, newest))
                        .orElseGet(() -> make(stage, workload, template, newest + 1));
        return new History(stage, workload, current, known);
    }

    private static Resource renumbered(Stage stage, Resource revision, long newest) {
        return number(revision) == newest
                ? revision
                : stage.merge(revision, Tree.of("revision", newest + 1));
    }

    private static boolean isTemplate(Resource revision) {
        return Json.at(revision.tree(), "data", "spec", "template") instanceof Map<?, ?>;
    }

    private static Resource make(Stage stage, Resource workload, Template template, long number) {
        var hash = free(stage, workload, template);
        var data = Json.copy(template.tree());
        data.put("$patch", "replace");
        var labels = Tree.of();
        labels.putAll(template.labels());
        labels.put(HASH, hash);
        return stage.create(
                ClusterKinds.CONTROLLER_REVISIONS,
                Tree.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "ControllerRevision",
                        "metadata",
                        Tree.of(
                                "name",
                                workload.name() + "-" + hash,
                                "namespace",
                                workload.namespace(),
                                "labels",
                                labels,
                                "ownerReferences",
                                Made.owners(workload)),
                        "revision",
                        number,
                        "data",
                        Tree.of("spec", Tree.of("template", data))));
    }

    /// A hash whose name nobody has.
    private static String free(Stage stage, Resource workload, Template template) {
        return LongStream.iterate(0, count -> count + 1)
                .mapToObj(template::hash)
                .filter(hash -> isFree(stage, workload, workload.name() + "-" + hash))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(Stage stage, Resource workload, String name) {
        return stage.find(ClusterKinds.CONTROLLER_REVISIONS, workload.namespace(), name).isEmpty();
    }

    private static Template template(Resource revision) {
        var data = Json.object(revision.tree(), "data");
        var template = Json.copy(Json.object(Json.object(data, "spec"), "template"));
        template.remove("$patch");
        return new Template(template);
    }

    /// Lets go of the oldest that no pod has, beyond the history that is kept.
    void forgetOld(List<Resource> pods) {
        var used = pods.stream().flatMap(pod -> pod.label(HASH).stream()).toList();
        var kept = Tree.number(workload.spec(), "revisionHistoryLimit", 10);
        var idle =
                all.stream()
                        .filter(one -> !one.name().equals(current.name()))
                        .filter(one -> !used.contains(hash(one)))
                        .toList();
        idle.stream().limit(Math.max(0, idle.size() - kept)).forEach(stage::delete);
    }

    /// The label that pods of the wanted template have: the whole name with stateful sets, the hash with daemon sets.
    static String hash(Resource revision) {
        return revision.label(HASH).orElse("");
    }

    private static long number(Resource revision) {
        return Tree.number(revision.tree(), "revision", 0);
    }

    /// The template as it is wanted, labelled.
    Map<String, Object> labelled(String label) {
        return Template.of(workload.spec()).with(HASH, label);
    }

    /// The revision of a name; the current one where it is not kept.
    Resource named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElse(current);
    }

    /// The template of a revision, labelled with its name.
    Map<String, Object> labelled(Resource revision) {
        return template(revision).with(HASH, revision.name());
    }
}
