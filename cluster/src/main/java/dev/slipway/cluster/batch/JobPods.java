package dev.slipway.cluster.batch;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Allowance;
import dev.slipway.cluster.workload.Made;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The pods that a job makes and takes away.
record JobPods(Progress progress) {
    private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";
    private static final int MAX_HOST = 63;

    /// Makes those that are missing, and takes away those that are too many.
    void fill() {
        var active = progress.active();
        var missing = wanted(active.size()) - active.size();
        if (missing > 0 && !progress.isDue()) {
            return;
        }
        var job = progress.job();
        var allowance = Allowance.of(progress.stage(), job, active.size(), Math.max(0, missing));
        var telling = telling();
        telling.refused(allowance.refusal());
        telling.create(made(allowance.pods()));
        active.stream().limit(Math.max(0, -missing)).forEach(telling::delete);
    }

    /// Takes all away that have something to do still.
    void stop() {
        progress.active().forEach(telling()::delete);
    }

    private Telling telling() {
        return new Telling(progress.stage(), progress.job());
    }

    private long wanted(long active) {
        var parallel = Tree.number(progress.job().spec(), "parallelism", 1);
        if (progress.isCounted()) {
            return Math.min(parallel, progress.completions() - progress.succeeded());
        }
        return progress.succeeded() > 0 ? Math.min(active, parallel) : parallel;
    }

    private List<Map<String, Object>> made(long number) {
        var made = new ArrayList<Map<String, Object>>();
        if (progress.isIndexed()) {
            progress.freeIndexes().stream()
                    .limit(number)
                    .forEach(index -> made.add(indexed(index)));
        } else {
            for (long i = 0; i < number; i++) {
                made.add(pod());
            }
        }
        return made;
    }

    private Map<String, Object> pod() {
        var job = progress.job();
        var pod = Made.pod(job, Json.object(job.spec(), "template"));
        if (!Boolean.TRUE.equals(job.spec().get("manualSelector"))) {
            var labels = Json.child(Json.child(pod, "metadata"), "labels");
            labels.put("batch.kubernetes.io/controller-uid", job.uid());
            labels.put("batch.kubernetes.io/job-name", job.name());
            labels.put("controller-uid", job.uid());
            labels.put("job-name", job.name());
        }
        return pod;
    }

    /// A pod that knows which part of the work is its own.
    private Map<String, Object> indexed(long index) {
        var pod = pod();
        var name = progress.job().name() + "-" + index;
        var number = Long.toString(index);
        var metadata = Json.child(pod, "metadata");
        metadata.put("generateName", name + "-");
        Json.child(metadata, "labels").put(Progress.INDEX, number);
        var annotations = Json.child(metadata, "annotations");
        annotations.put(Progress.INDEX, number);
        if (progress.isLimitedPerIndex()) {
            annotations.put(FAILURES, Long.toString(progress.failures(index)));
        }
        var spec = Json.child(pod, "spec");
        spec.put("hostname", name.substring(0, Math.min(MAX_HOST, name.length())));
        for (var list : List.of("initContainers", "containers")) {
            Tree.objects(spec, list).forEach(JobPods::tellIndex);
        }
        return pod;
    }

    private static void tellIndex(Map<String, Object> container) {
        var variables = new ArrayList<>(Json.list(container, "env"));
        var known =
                Tree.objects(container, "env").stream()
                        .anyMatch(one -> INDEX_VARIABLE.equals(one.get("name")));
        if (!known) {
            var path = "metadata.labels['%s']".formatted(Progress.INDEX);
            variables.add(
                    Tree.of(
                            "name",
                            INDEX_VARIABLE,
                            "valueFrom",
                            Tree.of("fieldRef", Tree.of("fieldPath", path))));
            container.put("env", variables);
        }
    }
}
