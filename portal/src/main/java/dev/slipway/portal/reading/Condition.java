package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One entry of `status.conditions`, with how good or bad it is to have.
///
/// @param status `True`, `False` or `Unknown`
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        Optional<Instant> since,
        State state) {
    /// How types end that are well when they are `False`.
    private static final List<String> TROUBLE =
            List.of(
                    "Fail",
                    "Failed",
                    "Failure",
                    "Failing",
                    "Error",
                    "Errors",
                    "Pressure",
                    "Unavailable",
                    "Stalled",
                    "Degraded",
                    "Conflict",
                    "Conflicts",
                    "Missing",
                    "Remaining",
                    "Deleting",
                    "Terminating",
                    "Blocked",
                    "NonStructuralSchema");

    /// How types end that say whether the thing does its work at all.
    private static final List<String> VITAL =
            List.of(
                    "Ready",
                    "Available",
                    "Healthy",
                    "Succeeded",
                    "Complete",
                    "Completed",
                    "Established",
                    "Synced",
                    "Running");

    /// Reasons of what is under way and not wrong.
    private static final Pattern UNDER_WAY =
            Pattern.compile(
                    "Pending|Progress|Wait|Creating|Reconcil|Installing|Starting|Deleting|Scaling",
                    Pattern.CASE_INSENSITIVE);

    /// The conditions of a resource, in their order.
    public static List<Condition> of(Resource resource) {
        return Trees.objects(Json.list(resource.status(), "conditions")).stream()
                .map(Condition::of)
                .filter(condition -> !condition.type().isEmpty())
                .toList();
    }

    /// Whether it is as it should be.
    public boolean asWanted() {
        return state == State.OK;
    }

    /// Whether it says whether the thing does its work at all.
    boolean vital() {
        return ends(type, VITAL);
    }

    /// `ResourcesReady` → `Resources ready`.
    public String words() {
        return Words.sentence(type);
    }

    /// Its message, or what stands for one.
    public String says() {
        return message.isEmpty() ? Words.sentence(reason) : message;
    }

    private static Condition of(Map<String, Object> tree) {
        var type = Json.string(tree, "type");
        var status = Json.string(tree, "status");
        var reason = Json.string(tree, "reason");
        return new Condition(
                type,
                status,
                reason,
                Json.string(tree, "message"),
                Trees.moment(tree.get("lastTransitionTime")),
                state(type, status, reason));
    }

    private static State state(String type, String status, String reason) {
        boolean trouble = ends(type, TROUBLE);
        if (status.equals(trouble ? "False" : "True")) {
            return State.OK;
        }
        if (UNDER_WAY.matcher(reason).find()) {
            return State.PROGRESS;
        }
        if (!status.equals("True") && !status.equals("False")) {
            return State.UNKNOWN;
        }
        return trouble || ends(type, VITAL) ? State.ERROR : State.WARNING;
    }

    private static boolean ends(String type, List<String> endings) {
        for (var ending : endings) {
            if (type.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
