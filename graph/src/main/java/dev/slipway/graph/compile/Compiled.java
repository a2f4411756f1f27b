package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Completion;
import dev.slipway.kernel.model.FieldCause;
import java.util.List;
import java.util.stream.Collectors;

/// What came of compiling a definition.
public sealed interface Compiled {
    /// It is right.
    record Accepted(Graph graph) implements Compiled {}

    /// It is wrong: every error, with its path.
    ///
    /// @param awaitsKinds whether all that is wrong is that kinds are not there which may still come
    record Rejected(List<FieldCause> causes, List<Completion> completions, boolean awaitsKinds)
            implements Compiled {
        public Rejected {
            causes = List.copyOf(causes);
            completions = List.copyOf(completions);
        }

        /// All errors in one sentence.
        public String message() {
            return causes.stream().map(FieldCause::toString).collect(Collectors.joining("; "));
        }
    }
}
