package dev.slipway.kernel.store;

import java.util.ArrayList;
import java.util.List;

/// A medium that counts one too few when it is opened, and does not say so, so that a number is given twice.
public final class RepeatingMedium extends Medium {
    @Override
    void tell(Database.Decision decision, List<Revision> missed) {}

    @Override
    StateView load() {
        var state = kept().load();
        var objects = new ArrayList<StoredObject>();
        state.kinds().forEach(kind -> objects.addAll(state.list(kind)));
        return StateView.of(Math.max(0, state.revision() - 1), objects);
    }
}
