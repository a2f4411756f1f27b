package dev.slipway.kernel.plan;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Problem;
import java.util.List;

/// The outcome of writes that were evaluated and not committed.
///
/// @param revision what it was evaluated on
/// @param effects everything that would be written, by the proposals and because of them; in the order of the first
///     write of each
/// @param refused the proposals that would not be accepted
/// @param warnings what the proposals' authors would be told
/// @param unknown who would do something that cannot be worked out
/// @param kinds those that would be served
/// @param complete whether everything was worked out to its end
public record Plan(
        long revision,
        List<Effect> effects,
        List<Refused> refused,
        List<String> warnings,
        List<Unknown> unknown,
        Kinds kinds,
        boolean complete) {
    /// A proposal that is not accepted.
    ///
    /// @param proposal its place among the proposals, from 0
    public record Refused(int proposal, Problem problem) {}

    /// A controller that would be woken, and cannot say beforehand what it would do.
    ///
    /// @param effects those that would wake it
    public record Unknown(String controller, List<Effect> effects) {
        public Unknown {
            effects = List.copyOf(effects);
        }
    }

    /// What happens because of the proposals, and is in none of them.
    public List<Effect> derived() {
        return effects.stream().filter(effect -> !effect.asked()).toList();
    }

    public Plan {
        effects = List.copyOf(effects);
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
        unknown = List.copyOf(unknown);
    }
}
