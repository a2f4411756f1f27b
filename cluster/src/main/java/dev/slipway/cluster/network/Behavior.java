package dev.slipway.cluster.network;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// How quickly an autoscaler may go one way, up or down.
///
/// @param window for which a recommendation is waited with that goes this way
/// @param policies `type`, `value` and `periodSeconds` of how far it may go in a time
/// @param choice which policy counts: `Max`, `Min` or `Disabled`
record Behavior(boolean up, Duration window, List<Map<String, Object>> policies, String choice) {
    private static final long USUAL_DOWN = 300;
    private static final long USUAL_PERIOD = 15;
    private static final double ALL = 100;

    static Behavior of(Resource scaler, boolean up) {
        var rules =
                Json.object(Json.object(scaler.spec(), "behavior"), up ? "scaleUp" : "scaleDown");
        var seconds = Tree.number(rules, "stabilizationWindowSeconds", up ? 0 : USUAL_DOWN);
        var policies = Tree.objects(rules, "policies");
        var choice = Json.string(rules, "selectPolicy");
        return new Behavior(
                up,
                Duration.ofSeconds(seconds),
                policies.isEmpty() ? usual(up) : policies,
                choice.isEmpty() ? "Max" : choice);
    }

    private static List<Map<String, Object>> usual(boolean up) {
        var all = policy("Percent", 100);
        return up ? List.of(policy("Pods", 4), all) : List.of(all);
    }

    private static Map<String, Object> policy(String type, long value) {
        return Tree.of("type", type, "value", value, "periodSeconds", USUAL_PERIOD);
    }

    static Duration period(Map<String, Object> policy) {
        return Duration.ofSeconds(Tree.number(policy, "periodSeconds", USUAL_PERIOD));
    }

    /// The furthest that it may go now.
    ///
    /// @param now how many pods there are
    /// @param moved how many were added or taken within a policy's period
    long limit(long now, ToLongFunction<Map<String, Object>> moved) {
        if (choice.equals("Disabled")) {
            return now;
        }
        var limits = policies.stream().mapToLong(policy -> limit(now, policy, moved));
        return choice.equals("Min") == up ? limits.min().orElse(now) : limits.max().orElse(now);
    }

    private long limit(
            long now, Map<String, Object> policy, ToLongFunction<Map<String, Object>> moved) {
        var value = Tree.number(policy, "value", 0);
        var before = up ? now - moved.applyAsLong(policy) : now + moved.applyAsLong(policy);
        var percent = "Percent".equals(policy.get("type"));
        if (up) {
            return percent ? (long) Math.ceil(before * (1 + value / ALL)) : before + value;
        }
        return percent ? (long) (before * (1 - value / ALL)) : before - value;
    }
}
