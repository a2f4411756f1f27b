package dev.slipway.apiserver.wire;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the Kubernetes `Status` of a problem: the one place where problems become answers.
public final class Statuses {
    /// Problems whose details are printed even when there is nothing in them.
    private static final Set<Reason> WITH_EMPTY_DETAILS =
            EnumSet.of(
                    Reason.NOT_FOUND,
                    Reason.METHOD_NOT_ALLOWED,
                    Reason.NOT_ACCEPTABLE,
                    Reason.TOO_LARGE,
                    Reason.INVALID);

    private Statuses() {}

    public static Map<String, Object> of(Problem problem) {
        var status =
                Tree.of(
                        "kind",
                        "Status",
                        "apiVersion",
                        "v1",
                        "metadata",
                        new LinkedHashMap<String, Object>(),
                        "status",
                        "Failure",
                        "message",
                        problem.message(),
                        "reason",
                        problem.reason().code());
        var details = details(problem);
        if (!details.isEmpty()
                || problem.subject().isPresent()
                || WITH_EMPTY_DETAILS.contains(problem.reason())) {
            status.put("details", details);
        }
        status.put("code", (long) problem.reason().status());
        return status;
    }

    /// The answer to a deletion that is done.
    public static Map<String, Object> deleted(
            String group, String plural, String name, String uid) {
        var details = Tree.of("name", name);
        putText(details, "group", group);
        details.put("kind", plural);
        putText(details, "uid", uid);
        return Tree.of(
                "kind", "Status",
                "apiVersion", "v1",
                "metadata", new LinkedHashMap<String, Object>(),
                "status", "Success",
                "details", details);
    }

    private static Map<String, Object> details(Problem problem) {
        Map<String, Object> details = new LinkedHashMap<>();
        problem.subject().ifPresent(subject -> put(details, subject));
        if (!problem.causes().isEmpty()) {
            details.put("causes", causes(problem.causes()));
        }
        problem.retryAfterSeconds()
                .ifPresent(seconds -> details.put("retryAfterSeconds", seconds.longValue()));
        return details;
    }

    private static void put(Map<String, Object> details, Subject subject) {
        putText(details, "name", subject.name());
        putText(details, "group", subject.group());
        putText(details, "kind", subject.kind());
    }

    private static List<Object> causes(List<FieldCause> causes) {
        var trees = new ArrayList<Object>();
        for (var cause : causes) {
            Map<String, Object> tree = new LinkedHashMap<>();
            putText(tree, "reason", cause.reason());
            putText(tree, "message", cause.shown());
            putText(tree, "field", cause.field());
            trees.add(tree);
        }
        return trees;
    }

    private static void putText(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }
}
