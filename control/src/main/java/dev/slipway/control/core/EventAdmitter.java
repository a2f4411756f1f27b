package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Operation;
import java.util.LinkedHashMap;
import java.util.List;

/// Gives events the fields that clients expect to find, also where nothing is in them.
final class EventAdmitter implements Admitter {
    private static final KindKey EVENTS = KindKey.of("", "events");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(EVENTS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var event = admission.object();
        if (admission.operation() == Operation.DELETE) {
            return Verdict.admitted(event);
        }
        var tree = event.tree();
        tree.putIfAbsent("source", new LinkedHashMap<String, Object>());
        for (var moment : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
            if (!tree.containsKey(moment)) {
                Json.put(tree, moment, null);
            }
        }
        tree.putIfAbsent("reportingComponent", "");
        tree.putIfAbsent("reportingInstance", "");
        return Verdict.admitted(event);
    }
}
