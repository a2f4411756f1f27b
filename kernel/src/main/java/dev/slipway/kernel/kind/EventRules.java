package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What holds for events, which are judged under the names of `v1`: those that tell their own time must say who does
/// what, and those that come by `events.k8s.io` must be of that kind and only go on as a series.
public final class EventRules {
    private static final int MAX_NAME = 128;
    private static final int MAX_MESSAGE = 1024;
    private static final int LEAST_OF_A_SERIES = 2;
    private static final List<String> CONSTANT =
            List.of(
                    "involvedObject",
                    "reason",
                    "message",
                    "source",
                    "firstTimestamp",
                    "lastTimestamp",
                    "count",
                    "type",
                    "eventTime",
                    "action",
                    "related",
                    "reportingComponent",
                    "reportingInstance");

    private final Findings findings;
    private final Resource event;
    private final Map<String, Object> tree;

    private EventRules(Findings findings, Resource event) {
        this.findings = findings;
        this.event = event;
        this.tree = event.tree();
    }

    /// What holds for all of them.
    static void check(Resource event, Findings findings) {
        var rules = new EventRules(findings, event);
        if (rules.isSet("eventTime")) {
            rules.timed();
        } else {
            rules.place(rules.about().isEmpty() ? List.of("default") : List.of(rules.about()));
        }
    }

    /// What holds beyond that for those that come by `events.k8s.io`.
    ///
    /// @param old what it replaces
    public static List<FieldCause> checkNew(Resource event, Optional<Resource> old) {
        var findings = new Findings();
        var rules = new EventRules(findings, event);
        if (old.isEmpty()) {
            rules.series();
            rules.created();
        } else {
            rules.changed(old.get().tree());
        }
        return findings.all();
    }

    private void timed() {
        if (about().isEmpty()) {
            place(List.of("default", "kube-system"));
        }
        var reporter = Json.string(tree, "reportingComponent");
        if (reporter.isEmpty()) {
            findings.required("reportingComponent");
        } else {
            findings.invalid("reportingComponent", reporter, MetadataRules.keyProblems(reporter));
        }
        for (var field : List.of("reportingInstance", "action", "reason")) {
            if (!isSet(field)) {
                findings.required(field);
            }
            atMost(field, MAX_NAME);
        }
        atMost("message", MAX_MESSAGE);
    }

    private String about() {
        return Json.string(Json.object(tree, "involvedObject"), "namespace");
    }

    private void place(List<String> expected) {
        if (!event.namespace().isEmpty() && !expected.contains(event.namespace())) {
            findings.invalid("involvedObject.namespace", about(), "does not match event.namespace");
        }
    }

    private void atMost(String field, int most) {
        if (Json.string(tree, field).length() > most) {
            findings.invalid(field, "", "can have at most %d characters".formatted(most));
        }
    }

    private void created() {
        if (!isSet("eventTime")) {
            findings.required("eventTime");
        }
        var type = Json.string(tree, "type");
        if (!List.of("Normal", "Warning").contains(type)) {
            findings.invalid("type", "", "has invalid value: " + type);
        }
        for (var field : List.of("firstTimestamp", "lastTimestamp", "count", "source")) {
            if (isSet(field)) {
                findings.invalid(field, "", "needs to be unset");
            }
        }
    }

    private void changed(Map<String, Object> before) {
        if (!Json.object(tree, "series").equals(Json.object(before, "series"))) {
            series();
        }
        for (var field : CONSTANT) {
            if (isSet(tree.get(field)) || isSet(before.get(field))) {
                findings.unchanged(field, before.get(field), tree.get(field));
            }
        }
    }

    private void series() {
        if (!(tree.get("series") instanceof Map<?, ?> series)) {
            return;
        }
        if (!(series.get("count") instanceof Long count) || count < LEAST_OF_A_SERIES) {
            findings.invalid(
                    "series.count", "", "should be at least %d".formatted(LEAST_OF_A_SERIES));
        }
        if (series.get("lastObservedTime") == null) {
            findings.required("series.lastObservedTime");
        }
    }

    private boolean isSet(String field) {
        return isSet(tree.get(field));
    }

    private static boolean isSet(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> !text.isEmpty();
            case Long number -> number != 0;
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }
}
