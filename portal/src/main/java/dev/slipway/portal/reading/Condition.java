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
    /// Types that are well when they are `False`.
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "(Fail(ed|ure|ing)?|Errors?|Pressure|Unavailable|Stalled|Degraded|Conflicts?|Missing"
                            + "|Remaining|Deleting|Terminating|Blocked|NonStructuralSchema)$");

    /// Types that say whether the thing does its work at all.
    private static final Pattern VITAL =
            Pattern.compile(
                    "(Ready|Available|Healthy|Succeeded|Complete|Completed|Established|Synced|Running)$");

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
        return VITAL.matcher(type).find();
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
        boolean trouble = TROUBLE.matcher(type).find();
        if (status.equals(trouble ? "False" : "True")) {
            return State.OK;
        }
        if (UNDER_WAY.matcher(reason).find()) {
            return State.PROGRESS;
        }
        if (!status.equals("True") && !status.equals("False")) {
            return State.UNKNOWN;
        }
        return trouble || VITAL.matcher(type).find() ? State.ERROR : State.WARNING;
    }
}
