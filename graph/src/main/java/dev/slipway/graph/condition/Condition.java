package dev.slipway.graph.condition;

/// One condition as a controller sees it now, without the time of its last transition.
///
/// @param status `True`, `False` or `Unknown`
public record Condition(String type, String status, String reason, String message) {
    public static Condition holds(String type, String reason, String message) {
        return new Condition(type, "True", reason, message);
    }

    public static Condition fails(String type, String reason, String message) {
        return new Condition(type, "False", reason, message);
    }

    public static Condition unknown(String type, String reason, String message) {
        return new Condition(type, "Unknown", reason, message);
    }

    /// Whether its status is `True`.
    public boolean holds() {
        return status.equals("True");
    }
}
