package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why one object cannot be brought back.
///
/// @param why a sentence without its subject: `was changed later, …`
record Blocker(ResourceKey key, String why) {
    /// How many are told at once.
    static final int MAX_TOLD = 20;

    /// Refuses a rollback for all of these reasons.
    static ProblemException refusal(Rollback rollback, List<Blocker> blockers) {
        var told = blockers.stream().limit(MAX_TOLD).toList();
        var more = blockers.size() - told.size();
        return new Problem(
                        Reason.CONFLICT,
                        "%s is refused: %s%s"
                                .formatted(
                                        rollback,
                                        told.stream()
                                                .map(one -> one.key() + " " + one.why())
                                                .collect(Collectors.joining("; ")),
                                        more > 0 ? "; and %d more".formatted(more) : ""),
                        Optional.empty(),
                        told.stream()
                                .map(one ->
                                        new FieldCause(
                                                "RollbackBlocked", one.key().toString(), one.why()))
                                .toList(),
                        Optional.empty())
                .exception();
    }
}
