package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.JsonPatch;
import dev.slipway.kernel.patch.MergePatch;
import dev.slipway.kernel.patch.StrategicMergePatch;
import dev.slipway.kernel.schema.Pruning;
import dev.slipway.kernel.schema.SchemaWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes an object of what a request brings: decoded, pruned, and limited to what its endpoint may write.
final class Incoming {
    private Incoming() {}

    /// A copy of a body with the names of the endpoint; what contradicts them is refused.
    static Resource decode(Served served, String namespace, Map<String, Object> body) {
        var object = new Resource(Json.copy(body));
        Endpoint.check(served, object);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", served.apiVersion());
        tree.put("kind", served.names().kind());
        tree.putAll(object.tree());
        var decoded = Body.as(served, new Resource(tree));
        Endpoint.place(served, decoded, namespace);
        return decoded;
    }

    /// Takes out what the schema does not know; tells of it, or refuses it, as strictly as was asked.
    static List<String> prune(
            Served served, Resource object, Strictness strictness, Unreadable unreadable) {
        var unknown = new ArrayList<>(Pruning.prune(object.tree(), served.version().schema()));
        if (served.names().kind().equals("CustomResourceDefinition")
                && served.kind().rules().builtIn()) {
            unknown.addAll(SchemaWords.prune(object.tree(), served.version().schema()));
        }
        var repeated = Metadata.withoutRepeatedOwners(object);
        var texts = unknown.stream().map(path -> "unknown field \"%s\"".formatted(path)).toList();
        if (strictness == Strictness.STRICT && !texts.isEmpty()) {
            throw unreadable
                    .because("strict decoding error: " + String.join(", ", texts))
                    .exception();
        }
        return strictness == Strictness.WARN
                ? Stream.concat(texts.stream(), repeated.stream()).toList()
                : repeated;
    }

    /// The live object with a patch.
    static Map<String, Object> patched(Served served, Resource live, Patch patch) {
        return switch (patch) {
            case Patch.Json(var operations) ->
                    JsonPatch.apply(live.tree(), operations) instanceof Map<?, ?> map
                            ? Json.cast(map)
                            : notAnObject();
            case Patch.Merge(var tree) -> MergePatch.apply(live.tree(), tree);
            case Patch.Strategic(var tree) ->
                    StrategicMergePatch.apply(
                            live.tree(), sameKind(tree), served.version().schema());
            case Patch.Apply _ ->
                    throw new IllegalArgumentException(
                            "an apply is not a patch of the live object");
        };
    }

    /// A strategic patch is laid over an object of a known kind: what it says of that itself does not count.
    private static Map<String, Object> sameKind(Map<String, Object> patch) {
        var rest = new LinkedHashMap<>(patch);
        rest.keySet().removeAll(List.of("kind", "apiVersion"));
        return rest;
    }

    private static Map<String, Object> notAnObject() {
        throw Problem.badRequest("the patch leaves something that is not an object").exception();
    }

    /// What one endpoint may change: the main one all but the status, `status` the status alone, `approval` its conditions.
    /// What holds a namespace is changed by `finalize` alone, and is all that its spec says.
    static Resource limited(Served served, Resource live, Resource wanted, String subresource) {
        if (subresource.equals("status")) {
            var only = live.copy();
            replaceKey(only, wanted, "status");
            replaceKey(
                    new Resource(Json.child(only.tree(), "metadata")),
                    new Resource(wanted.metadata()),
                    "managedFields");
            return only;
        }
        if (subresource.equals("approval")) {
            var only = live.copy();
            replaceKey(
                    new Resource(Json.child(only.tree(), "status")),
                    new Resource(wanted.status()),
                    "conditions");
            return only;
        }
        if (subresource.equals("finalize")) {
            var only = live.copy();
            replaceKey(only, wanted, "spec");
            return only;
        }
        if (served.version().status()) {
            replaceKey(wanted, live, "status");
        }
        if (Finalization.isNamespace(live)) {
            replaceKey(wanted, live, "spec");
        }
        return wanted;
    }

    private static void replaceKey(Resource into, Resource from, String key) {
        if (from.tree().containsKey(key)) {
            Json.put(into.tree(), key, Json.copy(from.tree().get(key)));
        } else {
            into.tree().remove(key);
        }
    }
}
