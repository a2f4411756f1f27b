package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Figure;
import java.io.IOException;
import java.util.List;

/// One thing that is measured.
public interface Row {
    /// As `--rows` takes it.
    String name();

    /// The state that the server has to be in.
    Stage stage();

    /// Why there is nothing of a peer to set beside it; empty where there is, or where the figures say it themselves.
    default String aloneBecause() {
        return "";
    }

    /// Measures it; a failure costs this row alone.
    List<Figure> measure(Lab lab) throws IOException, InterruptedException;
}
