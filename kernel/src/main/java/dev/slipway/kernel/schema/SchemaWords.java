package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The words of the schemas in a CRD, at every depth: their own schema contains itself and ends after the first.
public final class SchemaWords {
    private static final Set<String> NAMED = Set.of("properties", "patternProperties");
    private static final Set<String> LISTED = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> SINGLE = Set.of("additionalProperties", "items", "not");

    private final Set<String> known;
    private final List<String> unknown = new ArrayList<>();

    private SchemaWords(Set<String> known) {
        this.known = known;
    }

    /// Removes, in place, what is no word of schemas below their roots, and returns the removed paths, sorted.
    ///
    /// @param schema of CRDs
    public static List<String> prune(Map<String, Object> crd, Schema schema) {
        var words = new SchemaWords(known(schema));
        var versions = Json.list(Json.object(crd, "spec"), "versions");
        for (int i = 0; i < versions.size(); i++) {
            if (Json.at(versions.get(i), "schema", "openAPIV3Schema") instanceof Map<?, ?> root) {
                words.parts(Json.cast(root), "spec.versions[" + i + "].schema.openAPIV3Schema");
            }
        }
        return words.unknown.stream().sorted().toList();
    }

    private static Set<String> known(Schema schema) {
        var version = member(schema, "spec", "versions").items().orElseThrow();
        return member(version, "schema", "openAPIV3Schema").properties().keySet();
    }

    private static Schema member(Schema schema, String... path) {
        var found = schema;
        for (var name : path) {
            found = Objects.requireNonNull(found.property(name), name);
        }
        return found;
    }

    private void node(Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            var node = Json.cast(map);
            node.keySet().removeIf(word -> !known.contains(word) && unknown.add(path + "." + word));
            parts(node, path);
        }
    }

    private void parts(Map<String, Object> node, String path) {
        node.forEach((word, value) -> {
            var place = path + "." + word;
            if (NAMED.contains(word) && value instanceof Map<?, ?> members) {
                Json.cast(members).forEach((name, member) -> node(member, place + "." + name));
            } else if (LISTED.contains(word) && value instanceof List<?> items) {
                for (int i = 0; i < items.size(); i++) {
                    node(items.get(i), place + "[" + i + "]");
                }
            } else if (SINGLE.contains(word)) {
                node(value, place);
            }
        });
    }
}
