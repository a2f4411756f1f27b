package dev.slipway.control.access;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import java.util.List;
import java.util.stream.Collectors;

/// Says in Kubernetes' words what somebody would give without having it.
final class Escalation {
    private Escalation() {}

    /// @param lacking the rules, a line each
    static Problem refused(ResourceKey key, User user, List<String> lacking) {
        var groups =
                user.groups().stream().map(Json::text).collect(Collectors.joining(" ", "[", "]"));
        return Problem.forbidden(
                key,
                "user %s (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
                        .formatted(Json.text(user.name()), groups, String.join("\n", lacking)));
    }
}
