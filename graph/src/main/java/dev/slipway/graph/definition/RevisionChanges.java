package dev.slipway.graph.definition;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.past.Difference;
import dev.slipway.kernel.past.Differences;
import java.util.LinkedHashMap;
import java.util.Map;

/// What differs between a revision and the one before it, as the status of the later one tells it.
final class RevisionChanges {
    /// How many fields are listed.
    static final int MAX_CHANGES = 100;

    /// How much of a value is told, in characters.
    static final int MAX_VALUE = 400;

    private RevisionChanges() {}

    static Map<String, Object> since(Revision previous, Revision revision) {
        var differences = Differences.between(previous.spec(), revision.spec(), MAX_CHANGES);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("previous", previous.number());
        status.put("changes", differences.all().stream().map(RevisionChanges::tree).toList());
        if (differences.more()) {
            status.put("moreChanges", true);
        }
        return status;
    }

    private static Map<String, Object> tree(Difference difference) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", difference.path().toString());
        difference.before().ifPresent(value -> tree.put("before", text(value)));
        difference.after().ifPresent(value -> tree.put("after", text(value)));
        return tree;
    }

    private static String text(Object value) {
        var text = value instanceof String plain ? plain : Json.text(value);
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }
}
