package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan as people read it: one line for each object, and below it what differs and who else is concerned.
final class PlanText {
    /// How many differences of one object are shown.
    private static final int MAX_DIFFERENCES = 20;

    /// How much of a value is shown.
    private static final int MAX_VALUE = 80;

    private final PrintStream out;
    private final Consumer<String> complaints;
    private final List<String> places;

    /// @param places where each proposal stands
    PlanText(PrintStream out, Consumer<String> complaints, List<String> places) {
        this.out = out;
        this.complaints = complaints;
        this.places = List.copyOf(places);
    }

    /// Whether something is refused, would break, or could not be worked out to its end.
    static boolean isBad(Map<String, Object> plan) {
        return !Json.list(plan, "refused").isEmpty()
                || !Boolean.TRUE.equals(plan.get("complete"))
                || maps(plan, "states").stream().anyMatch(PlanText::breaks);
    }

    private static boolean breaks(Map<String, Object> state) {
        return Boolean.TRUE.equals(state.get("breaks"));
    }

    void print(Map<String, Object> plan) {
        maps(plan, "items").forEach(this::item);
        hidden(plan);
        maps(plan, "states").stream().map(PlanText::state).forEach(out::println);
        maps(plan, "unknown").stream().map(PlanText::unknown).forEach(out::println);
        Json.list(plan, "warnings").forEach(warning -> complaints.accept("warning: " + warning));
        maps(plan, "refused").forEach(this::refused);
        if (!Boolean.TRUE.equals(plan.get("complete"))) {
            complaints.accept("the plan is not complete: it took too long to work out");
        }
        out.println("Plan at revision %s: %s".formatted(plan.get("revision"), plan.get("summary")));
    }

    private void hidden(Map<String, Object> plan) {
        if (plan.get("hidden") instanceof Long count && count > 0) {
            out.println(
                    "and %d %s not yours to read"
                            .formatted(count, count == 1 ? "object that is" : "objects that are"));
        }
    }

    private void item(Map<String, Object> item) {
        var operation = Json.string(item, "operation");
        out.println(
                "%s %s%s%s"
                        .formatted(
                                mark(operation),
                                name(item),
                                note(item, operation),
                                Boolean.TRUE.equals(item.get("hidden"))
                                        ? "  (not yours to read)"
                                        : ""));
        if (operation.equals("changed") || operation.equals("replaced")) {
            maps(item, "differences").stream()
                    .limit(MAX_DIFFERENCES)
                    .forEach(one -> out.println("      " + difference(one)));
            var more = Json.list(item, "differences").size() - MAX_DIFFERENCES;
            if (more > 0) {
                out.println("      and %d more fields".formatted(more));
            }
        }
        maps(item, "related")
                .forEach(one ->
                        out.println("      %s %s".formatted(Json.string(one, "type"), name(one))));
    }

    /// ` is pruned: Shop default/web wants it no longer`.
    private static String note(Map<String, Object> item, String operation) {
        var owner = Json.object(item, "owner");
        var note =
                switch (operation) {
                    case "replaced" -> " is replaced";
                    case "terminating" -> " is being deleted already";
                    case "pruned" -> " is pruned: %s wants it no longer".formatted(name(owner));
                    default -> owner.isEmpty() ? "" : " goes with " + name(owner);
                };
        var finalizers =
                Json.list(item, "finalizers").stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        return finalizers.isEmpty() ? note : "%s, waits for %s".formatted(note, finalizers);
    }

    private static String mark(String operation) {
        return switch (operation) {
            case "created" -> "+";
            case "deleted", "pruned" -> "-";
            case "replaced" -> "±";
            case "terminating" -> "=";
            default -> "~";
        };
    }

    private static String difference(Map<String, Object> difference) {
        return "%s: %s → %s"
                .formatted(
                        Json.string(difference, "path"),
                        value(difference.get("before")),
                        value(difference.get("after")));
    }

    private static String value(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        var text = Json.text(value);
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }

    /// `! WebApp default/shop would break (ACTIVE → ERROR): …`.
    private static String state(Map<String, Object> state) {
        var before = Json.string(state, "before");
        var message = Json.string(state, "message");
        return "%s %s %s%s%s%s"
                .formatted(
                        breaks(state) ? "!" : "·",
                        name(state),
                        breaks(state) ? "would break, " : "would be ",
                        before.isEmpty() ? "" : before + " → ",
                        Json.string(state, "state"),
                        message.isEmpty() ? "" : ": " + message);
    }

    private static String unknown(Map<String, Object> unknown) {
        return "? %s would act on %s of these; what it does is not known beforehand%s"
                .formatted(
                        Json.string(unknown, "controller"), unknown.get("count"), objects(unknown));
    }

    /// None where all of them are not this reader's to see.
    private static String objects(Map<String, Object> unknown) {
        var names = maps(unknown, "objects").stream().limit(5).map(PlanText::name).toList();
        return names.isEmpty() ? "" : ": " + String.join(", ", names);
    }

    private void refused(Map<String, Object> refused) {
        var place =
                refused.get("proposal") instanceof Long number && number < places.size()
                        ? places.get(number.intValue())
                        : "";
        var causes = maps(Json.object(refused, "details"), "causes");
        if (causes.isEmpty()) {
            complaints.accept(place + ": " + Json.string(refused, "message"));
        }
        causes.forEach(cause ->
                complaints.accept(
                        "%s: %s: %s"
                                .formatted(
                                        place,
                                        Json.string(cause, "field"),
                                        Json.string(cause, "message"))));
    }

    private static String name(Map<String, Object> named) {
        var namespace = Json.string(named, "namespace");
        return "%s %s%s"
                .formatted(
                        Json.string(named, "kind"),
                        namespace.isEmpty() ? "" : namespace + "/",
                        Json.string(named, "name"));
    }

    private static List<Map<String, Object>> maps(Map<String, Object> tree, String field) {
        return Json.list(tree, field).stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .toList();
    }
}
