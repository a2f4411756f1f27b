package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the API's OpenAPI document says about a field, and about the fields below it; empty where it says nothing.
///
/// @param definitions all schemas of the document, for references between them
public record Schema(Map<String, Object> tree, Map<String, Object> definitions) {
    /// Says nothing.
    public static final Schema NONE = new Schema(Map.of(), Map.of());

    private static final String REFERENCE = "#/components/schemas/";

    public Schema {
        tree = resolve(tree, definitions);
    }

    public String description() {
        return Json.string(tree, "description");
    }

    /// Whether its value is not for everybody's eyes: passwords, and bytes, which is how secrets are kept.
    public boolean secret() {
        var format = Json.string(tree, "format");
        return format.equals("password") || format.equals("byte");
    }

    /// Whether its keys are data and not names of fields.
    public boolean isMap() {
        return tree.get("additionalProperties") instanceof Map;
    }

    /// Keys in the order in which the schema names them; those that it does not know come last.
    public List<String> inOrder(Collection<String> keys) {
        var known = List.copyOf(Json.object(tree, "properties").keySet());
        return keys.stream()
                .sorted(
                        Comparator.comparingInt(
                                key -> known.contains(key) ? known.indexOf(key) : known.size()))
                .toList();
    }

    /// The schema of one of its fields, or of each value of a map.
    public Schema property(String key) {
        if (Json.object(tree, "properties").get(key) instanceof Map<?, ?> property) {
            return new Schema(Json.cast(property), definitions);
        }
        return isMap() ? below("additionalProperties") : NONE;
    }

    /// The schema of each item of a list.
    public Schema items() {
        return tree.get("items") instanceof Map ? below("items") : this;
    }

    /// The schema at a path of fields, joined by dots.
    public Schema at(String path) {
        var here = this;
        for (var key : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            here = here.property(key);
        }
        return here;
    }

    private Schema below(String key) {
        return new Schema(Json.object(tree, key), definitions);
    }

    /// Follows `$ref`, also where it is the one entry of an `allOf`, as OpenAPI wants it beside a description.
    private static Map<String, Object> resolve(
            Map<String, Object> tree, Map<String, Object> definitions) {
        var reference = reference(tree);
        if (!reference.startsWith(REFERENCE)) {
            return tree;
        }
        var target = Json.object(definitions, reference.substring(REFERENCE.length()));
        Map<String, Object> resolved = new LinkedHashMap<>(target);
        if (tree.get("description") instanceof String description) {
            resolved.put("description", description);
        }
        return resolved;
    }

    private static String reference(Map<String, Object> tree) {
        var all = Trees.objects(Json.list(tree, "allOf"));
        return all.size() == 1 ? Json.string(all.getFirst(), "$ref") : Json.string(tree, "$ref");
    }
}
