package dev.slipway.bench.report;

import java.util.List;

/// What came of a row.
public sealed interface Outcome {
    /// The row's name, as `--rows` takes it.
    String row();

    /// It was measured.
    record Done(String row, List<Figure> figures) implements Outcome {
        public Done {
            figures = List.copyOf(figures);
        }
    }

    /// It could not be, and why.
    record Failed(String row, String why) implements Outcome {}
}
