package dev.slipway.graph;

import dev.slipway.graph.compile.Definition;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.util.List;
import java.util.Map;

/// The fields of a definition that its author wrote without a value, which `kubectl apply` leaves out before it sends it:
/// they are in its annotation only, and are told like those that others send.
final class OmittedNulls {
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /// Where authors name fields of their own.
    private static final List<String> PLACES = List.of("spec", "types", "status");

    private OmittedNulls() {}

    /// The definition as it was written, where the write is an apply by kubectl; as it came otherwise.
    static Definition restored(Admission admission) {
        var object = admission.object();
        var applied = object.annotation(APPLIED);
        if (applied.filter(text -> text.contains("null")).isEmpty()
                || applied.equals(admission.old().flatMap(old -> old.annotation(APPLIED)))) {
            return new Definition(object);
        }
        try {
            var written = schema(Json.readObject(applied.get()));
            var copy = object.copy();
            var schema = schema(copy.tree());
            PLACES.stream()
                    .filter(place -> schema.get(place) instanceof Map)
                    .forEach(place ->
                            restore(Json.object(schema, place), Json.object(written, place)));
            return new Definition(copy);
        } catch (MalformedException e) {
            return new Definition(object);
        }
    }

    private static Map<String, Object> schema(Map<String, Object> definition) {
        return Json.object(Json.object(definition, "spec"), "schema");
    }

    private static void restore(Map<String, Object> fields, Map<String, Object> written) {
        written.forEach((name, value) -> {
            if (value == null && !fields.containsKey(name)) {
                Json.put(fields, name, null);
            } else if (value instanceof Map<?, ?> below
                    && fields.get(name) instanceof Map<?, ?> own) {
                restore(Json.cast(own), Json.cast(below));
            }
        });
    }
}
