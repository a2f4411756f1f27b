package dev.slipway.expression.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `&&` and `||`: the side that decides gives the answer, even if the other fails.
final class Absorbing extends Step {
    private final boolean decisive;
    private final List<Step> terms;

    /// @param decisive the value that is the answer as soon as one side has it
    Absorbing(long id, boolean decisive, List<Step> terms) {
        super(id);
        this.decisive = decisive;
        this.terms = List.copyOf(terms);
    }

    @Override
    Object run(Frame frame) {
        @Nullable Fault fault = null;
        for (Step term : terms) {
            Object value = term.value(frame);
            if (value instanceof Boolean bool) {
                if (bool == decisive) {
                    return decisive;
                }
            } else if (fault == null) {
                fault =
                        value instanceof Fault own
                                ? own
                                : Fault.noOverload(decisive ? "_||_" : "_&&_");
            }
        }
        return fault == null ? (Object) !decisive : fault;
    }

    @Override
    void count(Costs costs, Object value) {
        terms.forEach(term -> costs.drop(term.id()));
    }
}
