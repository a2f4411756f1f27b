package dev.slipway.bench.row;

import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Workspace;
import java.io.IOException;
import java.util.List;

/// Something that clients do again and again.
interface Operation {
    /// The round in which everything gets warm; nothing of it is told.
    int WARM_UP = -1;

    /// The requests of one round; whatever has to be there before they are sent is made by now.
    List<Request> requests(Workspace place, int round, int count) throws IOException;
}
