package dev.slipway.portal.page;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.portal.page.Value.Code;
import dev.slipway.portal.page.Value.Field;
import dev.slipway.portal.page.Value.Grid;
import dev.slipway.portal.page.Value.Group;
import dev.slipway.portal.page.Value.Items;
import dev.slipway.portal.page.Value.Text;
import dev.slipway.portal.reading.Related;
import dev.slipway.portal.reading.Schema;
import dev.slipway.portal.reading.Trees;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lays out trees as fields, by their shape and their schema and by nothing else.
final class Fields {
    /// How deep groups nest before the rest is shown as text.
    static final int MAX_DEPTH = 3;

    /// How many columns a list of objects may have to be a table.
    static final int MAX_COLUMNS = 6;

    /// How many entries of a list or a map are laid out.
    static final int MAX_ENTRIES = 200;

    private final Schema schema;
    private final Map<String, Related> references;
    private final Function<Related, String> pages;

    /// @param references the references that a thing makes, by the path of their field
    /// @param pages the address of the page of what a reference points to
    Fields(Schema schema, Map<String, Related> references, Function<Related, String> pages) {
        this.schema = schema;
        this.references = references;
        this.pages = pages;
    }

    /// The entries of an object that stands at a path.
    Group group(Map<String, Object> tree, String path) {
        return group(tree, path, schema.at(path), 0);
    }

    /// The reference that a thing makes with just this text, as a link.
    Optional<Text> reference(String text) {
        return references.values().stream()
                .filter(one -> one.written().equals(text))
                .findFirst()
                .map(one -> new Text(text, pages.apply(one), !one.exists()));
    }

    private Group group(Map<String, Object> tree, String path, Schema schema, int depth) {
        var fields = new ArrayList<Field>();
        schema.inOrder(tree.keySet()).stream()
                .limit(MAX_ENTRIES)
                .forEach(key -> fields.add(field(key, tree.get(key), path, schema, depth)));
        return new Group(fields);
    }

    private Field field(
            String key, @Nullable Object value, String parent, Schema parentSchema, int depth) {
        var path = parent.isEmpty() ? key : parent + "." + key;
        var schema = parentSchema.property(key);
        var label = parentSchema.isMap() || !isWord(key) ? key : Words.sentence(key);
        var hint = schema.description().isEmpty() ? path : path + ": " + schema.description();
        return new Field(label, path, hint, value(value, path, schema, depth));
    }

    private Value value(@Nullable Object value, String path, Schema schema, int depth) {
        return switch (value) {
            case Map<?, ?> map when map.isEmpty() -> Text.of("{}");
            case Map<?, ?> map ->
                    depth < MAX_DEPTH
                            ? group(Json.cast(map), path, schema, depth + 1)
                            : new Code(Yaml.write(map));
            case List<?> list when list.isEmpty() -> Text.of("[]");
            case List<?> list -> list(Json.castList(list), path, schema);
            case String text when text.contains("\n") -> new Code(text);
            case null, default -> text(Trees.scalar(value), path, schema);
        };
    }

    private Value list(List<Object> list, String path, Schema schema) {
        var shown = list.subList(0, Math.min(list.size(), MAX_ENTRIES));
        if (shown.stream().allMatch(Fields::isScalar)) {
            var items = new ArrayList<Text>();
            for (var item : shown) {
                items.add(
                        text(Trees.scalar(item), path + "[" + items.size() + "]", schema.items()));
            }
            return new Items(items);
        }
        var objects = Trees.objects(shown);
        var columns = columns(objects);
        boolean flat =
                objects.size() == shown.size()
                        && columns.size() <= MAX_COLUMNS
                        && objects.stream()
                                .flatMap(object -> object.values().stream())
                                .allMatch(Fields::isScalar);
        return flat ? grid(objects, columns, path, schema.items()) : new Code(Yaml.write(list));
    }

    private Grid grid(
            List<Map<String, Object>> objects,
            SequencedSet<String> columns,
            String path,
            Schema schema) {
        var rows = new ArrayList<List<Text>>();
        for (var object : objects) {
            var row = new ArrayList<Text>();
            for (var column : columns) {
                var at = path + "[" + rows.size() + "]." + column;
                row.add(text(Trees.scalar(object.get(column)), at, schema.property(column)));
            }
            rows.add(row);
        }
        return new Grid(columns.stream().map(Words::sentence).toList(), rows);
    }

    private Text text(String text, String path, Schema schema) {
        var reference = references.get(path);
        if (reference != null) {
            return new Text(text, pages.apply(reference), !reference.exists());
        }
        if (schema.secret()) {
            return Text.of("••••");
        }
        boolean address = text.startsWith("https://") || text.startsWith("http://");
        return new Text(text, address ? text : "", false);
    }

    private static SequencedSet<String> columns(List<Map<String, Object>> objects) {
        var columns = new LinkedHashSet<String>();
        objects.forEach(object -> columns.addAll(object.keySet()));
        return columns;
    }

    private static boolean isScalar(@Nullable Object value) {
        return !(value instanceof Map || value instanceof List)
                && !(value instanceof String text && text.contains("\n"));
    }

    private static boolean isWord(String key) {
        return key.chars().allMatch(Character::isLetterOrDigit);
    }
}
