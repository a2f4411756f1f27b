package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Map;

/// One end of a relation, seen from the thing whose page it is.
///
/// @param type the verb, read from this side: `dependsOn`, `ownerOf`
/// @param field the path of the field that says so, in whichever of the two says it
/// @param written the reference as somebody wrote it
/// @param outgoing whether this thing says it, not the other
/// @param path the other's path in the API, empty where it does not exist
public record Related(
        String type,
        String field,
        String written,
        boolean outgoing,
        String group,
        String kind,
        String namespace,
        String name,
        String path) {
    /// How many are shown at most.
    public static final int MAX = 200;

    /// Asks for the relations of one thing; none where the API does not know relations of it.
    public static List<Related> read(ApiClient client, String object) {
        try {
            var items = Json.list(client.json(Call.get(object + "/relations")), "items");
            return Trees.objects(items).stream().limit(MAX).map(Related::of).toList();
        } catch (ProblemException e) {
            if (e.problem().reason() == Reason.NOT_FOUND
                    || e.problem().reason() == Reason.METHOD_NOT_ALLOWED) {
                return List.of();
            }
            throw e;
        }
    }

    public boolean exists() {
        return !path.isEmpty();
    }

    /// `depends on`, `owner of`.
    public String verb() {
        return Words.noun(type);
    }

    private static Related of(Map<String, Object> item) {
        var target = Json.object(item, "target");
        return new Related(
                Json.string(item, "type"),
                Json.string(item, "field"),
                Json.string(item, "written"),
                !Json.string(item, "direction").equals("in"),
                Json.string(target, "group"),
                Json.string(target, "kind"),
                Json.string(target, "namespace"),
                Json.string(target, "name"),
                Boolean.FALSE.equals(item.get("exists")) ? "" : Json.string(item, "path"));
    }
}
