package dev.slipway.catalog;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kind.NameRule;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.kind.PrinterColumn;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of the catalog, read from `kinds.json`. Immutable.
///
/// In a kind's `spec` a field is its description: a text for a text, a list of one for a list of texts, an object for
/// an object of such fields. Every text must be non-empty; further fields are allowed and kept.
final class EntityKinds {
    static final String CATEGORY = "catalog";

    /// What says whether references resolve.
    static final String CONDITION = "ReferencesResolved";

    private static final Kind.Rules RULES =
            new Kind.Rules(false, true, true, false, NameRule.PATH_SEGMENT);

    private final String group;
    private final Map<KindKey, EntityKind> byKey = new LinkedHashMap<>();
    private final Map<String, EntityKind> byName = new LinkedHashMap<>();

    private EntityKinds(Map<String, Object> tree) {
        this.group = Json.string(tree, "group");
        for (var one : Json.list(tree, "kinds")) {
            var kind = kind(tree, object(one));
            byKey.put(kind.kind().key(), kind);
            byName.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
    }

    static EntityKinds load() {
        try (var file = EntityKinds.class.getResourceAsStream("kinds.json")) {
            return new EntityKinds(Json.readObject(Objects.requireNonNull(file).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The group of all of them.
    String group() {
        return group;
    }

    List<EntityKind> all() {
        return List.copyOf(byKey.values());
    }

    Optional<EntityKind> of(KindKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// The kind of this name, whatever its case.
    Optional<EntityKind> named(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    private EntityKind kind(Map<String, Object> all, Map<String, Object> tree) {
        var names =
                Names.of(Json.string(tree, "plural"), Json.string(tree, "kind"))
                        .withCategories(CATEGORY);
        var schema = SchemaReader.read(schema(all, tree));
        var versions = new ArrayList<KindVersion>();
        for (var version : Json.list(all, "versions")) {
            versions.add(version((String) version, versions.isEmpty(), schema, columns(tree)));
        }
        return new EntityKind(
                new Kind(group, names, true, versions, List.of(), RULES),
                Json.list(tree, "references").stream().map(ReferenceField::of).toList());
    }

    private static KindVersion version(
            String name, boolean storage, Schema schema, List<PrinterColumn> columns) {
        return new KindVersion(
                name,
                true,
                storage,
                schema,
                true,
                Optional.empty(),
                columns,
                List.of(),
                Optional.empty());
    }

    private static List<PrinterColumn> columns(Map<String, Object> tree) {
        var condition = ".status.conditions[?(@.type==\"" + CONDITION + "\")]";
        return Stream.of(
                        Json.list(tree, "columns").stream().map(EntityKinds::column),
                        Stream.of(
                                PrinterColumn.of("References", "string", condition + ".reason"),
                                PrinterColumn.AGE,
                                PrinterColumn.of("Detail", "string", condition + ".message")
                                        .wide()))
                .flatMap(columns -> columns)
                .toList();
    }

    private static PrinterColumn column(Object tree) {
        var object = object(tree);
        var column =
                PrinterColumn.of(
                        Json.string(object, "name"), "string", Json.string(object, "path"));
        return Boolean.TRUE.equals(object.get("wide")) ? column.wide() : column;
    }

    // ---- schemas

    private static Map<String, Object> schema(Map<String, Object> all, Map<String, Object> kind) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("apiVersion", Map.of("type", "string"));
        properties.put("kind", Map.of("type", "string"));
        properties.put("metadata", Json.object(all, "metadata"));
        properties.put("spec", spec(Json.object(kind, "spec")));
        properties.put("status", Json.object(all, "status"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", Json.string(kind, "description"));
        schema.put("required", List.of("spec"));
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> spec(Map<String, Object> spec) {
        var schema = open("What is said of it.", Json.object(spec, "properties"));
        var required = Json.list(spec, "required");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        var properties = Json.object(schema, "properties");
        Json.object(spec, "enums")
                .forEach((field, values) -> Json.child(properties, field).put("enum", values));
        return schema;
    }

    private static Map<String, Object> open(String description, Map<String, Object> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach((name, field) -> properties.put(name, field(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", description);
        schema.put("x-kubernetes-preserve-unknown-fields", true);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> field(Object field) {
        return switch (field) {
            case String description -> text(description);
            case List<?> list -> list((String) list.getFirst());
            default -> open("What it is called and where it is reached.", object(field));
        };
    }

    private static Map<String, Object> text(String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("description", description);
        schema.put("minLength", 1L);
        return schema;
    }

    private static Map<String, Object> list(String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("description", description);
        var items = Json.child(schema, "items");
        items.put("type", "string");
        items.put("minLength", 1L);
        return schema;
    }

    private static Map<String, Object> object(Object tree) {
        return Json.cast((Map<?, ?>) tree);
    }
}
