package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives a new job the selector and the labels by which it knows its pods, unless its author sees to them.
final class JobAdmitter implements Admitter {
    private static final KindKey JOBS = KindKey.of("batch", "jobs");
    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String LABELS = "spec.template.metadata.labels";

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(JOBS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var job = admission.object();
        if (admission.operation() != Operation.CREATE) {
            return Verdict.admitted(job);
        }
        var spec = Json.child(job.tree(), "spec");
        var causes =
                Boolean.TRUE.equals(spec.get("manualSelector"))
                        ? List.<FieldCause>of()
                        : select(job, spec);
        label(job, spec);
        return Verdict.of(job, causes);
    }

    /// Fills in what is missing; what is there must say the same.
    private static List<FieldCause> select(Resource job, Map<String, Object> spec) {
        var labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
        var causes = new ArrayList<FieldCause>();
        generated(job)
                .forEach((label, value) -> {
                    labels.putIfAbsent(label, value);
                    if (!value.equals(labels.get(label))) {
                        causes.add(
                                FieldCause.invalid(
                                        "%s[%s]".formatted(LABELS, label),
                                        labels,
                                        "must be '%s'".formatted(value)));
                    }
                });
        var selector = Json.child(spec, "selector");
        Json.child(selector, "matchLabels").putIfAbsent(UID, job.uid());
        if (!selector.equals(Map.of("matchLabels", Map.of(UID, job.uid())))) {
            causes.add(
                    FieldCause.invalid(
                            "spec.selector",
                            selector,
                            "`selector` not auto-generated: leave it out, or set `manualSelector`"));
        }
        return causes;
    }

    /// Both spellings: the second ones are older.
    private static Map<String, String> generated(Resource job) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("job-name", job.name());
        labels.put("batch.kubernetes.io/job-name", job.name());
        labels.put("controller-uid", job.uid());
        labels.put(UID, job.uid());
        return labels;
    }

    /// A job without labels has those of its pods.
    private static void label(Resource job, Map<String, Object> spec) {
        if (job.labels().isEmpty()) {
            var labels =
                    Json.object(Json.object(Json.object(spec, "template"), "metadata"), "labels");
            if (!labels.isEmpty()) {
                Json.child(job.tree(), "metadata").put("labels", new LinkedHashMap<>(labels));
            }
        }
    }
}
