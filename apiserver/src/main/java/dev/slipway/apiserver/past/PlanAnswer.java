package dev.slipway.apiserver.past;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.rollback.Rollback;
import dev.slipway.kernel.rollback.RolledBack;
import dev.slipway.kernel.rollback.RolledBack.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes what a rollback did, or would do, as a `Plan`.
public final class PlanAnswer {
    private PlanAnswer() {}

    /// The writes in their order, with a summary.
    ///
    /// @param dryRun whether nothing was stored
    public static Map<String, Object> of(Rollback rollback, RolledBack done, boolean dryRun) {
        var writes = new ArrayList<Object>();
        for (int i = 0; i < done.steps().size(); i++) {
            var write = write(done.steps().get(i));
            if (i < done.revisions().size()) {
                write.put("revision", done.revisions().get(i).number());
            }
            writes.add(write);
        }
        return Tree.of(
                "kind",
                "Plan",
                "apiVersion",
                "slipway.dev/v1alpha1",
                "summary",
                summary(done, dryRun),
                "note",
                rollback.toString(),
                "dryRun",
                dryRun,
                "writes",
                writes,
                "warnings",
                done.warnings());
    }

    private static String summary(RolledBack done, boolean dryRun) {
        var count = done.steps().size();
        if (count == 0) {
            return "nothing to do: everything is as it was";
        }
        var writes = count == 1 ? "1 write" : count + " writes";
        return dryRun ? writes + ", not made in a dry run" : writes + " in one commit";
    }

    private static Map<String, Object> write(Step step) {
        var kind = step.kind();
        var tree =
                Tree.of(
                        "operation", step.operation().name().toLowerCase(Locale.ROOT),
                        "apiVersion", kind.apiVersion(),
                        "kind", kind.names().kind(),
                        "namespace", step.key().namespace(),
                        "name", step.key().name());
        step.target().ifPresent(target -> tree.put("restores", target));
        tree.put("undoes", List.copyOf(step.undone()));
        tree.put("waiting", step.waiting());
        tree.put("changes", PastAnswers.details(step.changes()));
        return tree;
    }
}
