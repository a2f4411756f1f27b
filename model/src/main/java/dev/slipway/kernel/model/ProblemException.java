package dev.slipway.kernel.model;

import java.util.List;

/// Carries a [Problem] across deep calls to the edge that answers it.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private final transient List<String> warnings;

    public ProblemException(Problem problem) {
        this(problem, List.of());
    }

    private ProblemException(Problem problem, List<String> warnings) {
        super(problem.message());
        this.problem = problem;
        this.warnings = List.copyOf(warnings);
    }

    public Problem problem() {
        return problem;
    }

    /// What the client is told besides.
    public List<String> warnings() {
        return warnings;
    }

    /// The same with these warnings.
    public ProblemException warning(List<String> said) {
        return new ProblemException(problem, said);
    }
}
