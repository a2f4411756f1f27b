package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The definitions of Kubernetes as components of OpenAPI v3 documents: each by itself, referring to others by name.
///
/// They say what clients know of its kinds, as its own API server does, and not what [Definitions] adds for us. Nothing
/// of this is kept: whoever makes documents loads it, and forgets it again. Thread-safe.
public final class Components {
    private static final String REFERENCE = "$ref";
    private static final String DESCRIPTION = "description";
    private static final String PATH = "#/components/schemas/";

    /// What only we say, of definitions that may hold anything.
    private static final String OPEN = "x-kubernetes-preserve-unknown-fields";

    private final Map<String, Object> definitions;
    private final Map<String, Object> enums;
    private final Structs structs;
    private final Texts texts;

    private Components(
            Map<String, Object> definitions,
            Map<String, Object> enums,
            Structs structs,
            Texts texts) {
        this.definitions = definitions;
        this.enums = enums;
        this.structs = structs;
        this.texts = texts;
    }

    /// Those of the facts that ship with us, with their texts, which are read anew: in some ten milliseconds.
    public static Components load() {
        return new Components(
                Definitions.facts(),
                Definitions.resource("enums.json"),
                Structs.load(),
                Texts.read());
    }

    /// The name of the definition of a kind, if it is one of Kubernetes.
    public Optional<String> ofKind(String group, String version, String kind) {
        var wanted = List.of(Map.of("group", group, "version", version, "kind", kind));
        return definitions.entrySet().stream()
                .filter(entry -> Json.string(cast(entry.getValue()), "type").equals("object"))
                .filter(entry -> wanted.equals(cast(entry.getValue()).get(KINDS)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static final String KINDS = "x-kubernetes-group-version-kind";

    /// Adds a definition and what it refers to, where they are missing.
    public void put(String name, Map<String, Object> components) {
        if (!components.containsKey(name)) {
            var facts = cast(definitions.get(name));
            components.put(name, component(name, facts));
            references(facts).forEach(reference -> put(reference, components));
        }
    }

    /// One definition, in a tree that the caller may change.
    public Map<String, Object> component(String name) {
        return component(name, cast(definitions.get(name)));
    }

    private Map<String, Object> component(String name, Map<String, Object> facts) {
        Map<String, Object> component = new LinkedHashMap<>();
        texts.of(name).ifPresent(text -> component.put(DESCRIPTION, text));
        component.putAll(Json.copy(facts));
        component.remove(OPEN);
        if (component.get("properties") instanceof Map<?, ?> properties) {
            var values = Json.object(enums, name);
            Json.cast(properties)
                    .replaceAll((field, value) -> {
                        Map<String, Object> tree = new LinkedHashMap<>();
                        text(name, field, cast(value))
                                .ifPresent(text -> tree.put(DESCRIPTION, text));
                        tree.putAll(cast(value));
                        limit(tree, values.get(field));
                        zero(tree, structs.field(name, field));
                        return referring(tree);
                    });
        }
        return component;
    }

    /// What a field is for; where that is not known, how the text of what it refers to begins.
    private Optional<String> text(String definition, String field, Map<String, Object> tree) {
        return texts.of(definition, field)
                .or(() -> texts.of(Json.string(tree, REFERENCE)).map(Components::firstSentence));
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /// What a field, or each item of it, may be.
    private static void limit(Map<String, Object> tree, @Nullable Object values) {
        if (values != null) {
            items(tree).orElse(tree).put("enum", values);
        }
    }

    private static Optional<Map<String, Object>> items(Map<String, Object> tree) {
        return Stream.of("items", "additionalProperties")
                .filter(key -> tree.get(key) instanceof Map)
                .map(key -> Json.child(tree, key))
                .findFirst();
    }

    /// What a field is, or an item of it, that was never set: documents say it where it cannot be told from absence.
    private void zero(Map<String, Object> tree, Optional<StructField> field) {
        var items = items(tree);
        if (items.isPresent()) {
            zero(items.get(), Optional.empty());
            items.get().computeIfAbsent("default", _ -> zero(items.get()));
        } else if (field.isPresent() && !field.get().pointer()) {
            if (field.get().always() || tree.containsKey(REFERENCE)) {
                tree.computeIfAbsent("default", _ -> zero(tree));
            }
        }
    }

    private @Nullable Object zero(Map<String, Object> tree) {
        if (tree.get(REFERENCE) instanceof String name) {
            return cast(definitions.get(name)).containsKey("properties") ? Map.of() : null;
        }
        return switch (Json.string(tree, "type")) {
            case "string" -> Json.string(tree, "format").isEmpty() ? "" : null;
            case "boolean" -> false;
            case "integer", "number" -> 0L;
            default -> null;
        };
    }

    /// A node with its references as paths of the document; nothing but the path may stand beside one.
    private static Object referring(Map<String, Object> tree) {
        items(tree)
                .ifPresent(items -> {
                    var key = tree.containsKey("items") ? "items" : "additionalProperties";
                    tree.put(key, referring(items));
                });
        if (!(tree.get(REFERENCE) instanceof String name)) {
            return tree;
        }
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put(REFERENCE, PATH + name);
        if (tree.size() == 1) {
            return reference;
        }
        tree.remove(REFERENCE);
        tree.put("allOf", List.of(reference));
        return tree;
    }

    private static Stream<String> references(Map<String, Object> facts) {
        return Json.object(facts, "properties").values().stream()
                .map(Components::cast)
                .map(tree -> innermost(tree).get(REFERENCE))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static Map<String, Object> innermost(Map<String, Object> tree) {
        return items(tree).map(Components::innermost).orElse(tree);
    }

    private static Map<String, Object> cast(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return Json.cast(map);
        }
        throw new IllegalArgumentException("no definition: " + node);
    }
}
