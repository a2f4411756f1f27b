package dev.slipway.client;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a Kubernetes `Status` back into the problem that it was made of.
public final class StatusProblems {
    private StatusProblems() {}

    /// The problem behind an error answer, whatever its body holds.
    public static Problem read(int status, byte[] body) {
        try {
            return read(status, Json.readObject(body));
        } catch (MalformedException e) {
            return Problem.of(reason(status, ""), new String(body, StandardCharsets.UTF_8).strip());
        }
    }

    private static Problem read(int status, Map<String, Object> tree) {
        var details = Json.object(tree, "details");
        return new Problem(
                reason(status, Json.string(tree, "reason")),
                Json.string(tree, "message"),
                subject(details),
                causes(details),
                details.get("retryAfterSeconds") instanceof Long seconds
                        ? Optional.of(seconds.intValue())
                        : Optional.empty());
    }

    private static Optional<Problem.Subject> subject(Map<String, Object> details) {
        return details.containsKey("name")
                ? Optional.of(
                        new Problem.Subject(
                                Json.string(details, "group"),
                                Json.string(details, "kind"),
                                Json.string(details, "name")))
                : Optional.empty();
    }

    private static List<FieldCause> causes(Map<String, Object> details) {
        return Json.list(details, "causes").stream()
                .filter(Map.class::isInstance)
                .map(cause -> cause(Json.cast((Map<?, ?>) cause)))
                .toList();
    }

    private static FieldCause cause(Map<String, Object> cause) {
        return new FieldCause(
                Json.string(cause, "reason"),
                Json.string(cause, "field"),
                Json.string(cause, "message"));
    }

    private static Reason reason(int status, String code) {
        var reasons = Arrays.asList(Reason.values());
        return reasons.stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .or(() -> reasons.stream().filter(reason -> reason.status() == status).findFirst())
                .orElse(Reason.INTERNAL_ERROR);
    }
}
