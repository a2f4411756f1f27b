package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A schema as ownership of fields sees it: what is one leaf, what has fields, and what tells items apart.
///
/// @param schema of the value
/// @param open whether undeclared fields are kept here and below
/// @param resource whether the value is an object with `apiVersion`, `kind` and `metadata`
/// @param builtIn whether it belongs to a kind of Kubernetes itself
record Shape(Schema schema, boolean open, boolean resource, boolean builtIn) {
    /// A value of which nothing is declared: objects have fields, all else is a leaf.
    static final Shape DEDUCED = new Shape(Schema.ANY, true, false, false);

    private static final Schema TEXT = text();

    /// Structs of Kubernetes' own kinds that are there even when nothing is in them.
    private static final Set<String> ALWAYS_THERE =
            Set.of(
                    "metadata",
                    "spec",
                    "status",
                    "template",
                    "jobTemplate",
                    "strategy",
                    "updateStrategy",
                    "loadBalancer",
                    "resources");

    /// How a value is owned.
    enum Form {
        /// As one.
        LEAF,
        /// By its fields or keys.
        MAP,
        /// By its items.
        LIST
    }

    /// The identity of a list item, or why it has none.
    sealed interface Identity {
        record Known(PathElement element) implements Identity {}

        record Unknown(String reason) implements Identity {}
    }

    /// The shape of a kind's objects.
    static Shape of(Schema root) {
        return new Shape(
                root,
                root.preserveUnknown(),
                true,
                root.keyword("x-kubernetes-group-version-kind") != null);
    }

    /// How a value is owned that is not null.
    Form form(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> takesMaps() && !schema.atomicMap() ? Form.MAP : Form.LEAF;
            case List<?> _ -> isAssociative() ? Form.LIST : Form.LEAF;
            default -> Form.LEAF;
        };
    }

    /// Whether items of this list are told apart.
    boolean isAssociative() {
        return schema.isArray() && schema.list() != Schema.ListType.ATOMIC;
    }

    /// Whether objects fit.
    boolean takesMaps() {
        return schema.isObject() || isUntyped() || resource;
    }

    /// Whether nothing is said of the type.
    boolean isUntyped() {
        return schema.type().isEmpty() && !schema.intOrString() && !schema.isObject();
    }

    /// Whether the schema names this field.
    boolean declares(String name) {
        return declared(name) != null;
    }

    /// The shape of a field or key; null where there may be none.
    @Nullable Shape child(String name) {
        var declared = declared(name);
        if (declared != null) {
            return below(declared);
        }
        if (schema.isMap()) {
            return below(schema.additionalProperties().orElseThrow());
        }
        return isOpen() ? DEDUCED : null;
    }

    /// The shape of a field or key, whatever is declared.
    Shape childOrDeduced(String name) {
        var child = child(name);
        return child == null ? DEDUCED : child;
    }

    /// The shape of what one step of a path leads to.
    Shape at(PathElement element) {
        return element instanceof PathElement.Field(var name) ? childOrDeduced(name) : item();
    }

    /// Whether objects and lists of this shape are owned as one.
    boolean isLeaf() {
        return schema.isArray() ? !isAssociative() : schema.isObject() && schema.atomicMap();
    }

    /// The shape of the items.
    Shape item() {
        return schema.items().map(this::below).orElse(DEDUCED);
    }

    /// What a field holds in an object that does not show it; empty where it is absent then.
    ///
    /// Kinds of Kubernetes have structs and lists that are there always, so that nobody comes to own their being there.
    @Nullable Object implied(String name) {
        if (!builtIn) {
            return Absent.ABSENT;
        }
        var declared = schema.property(name);
        if (declared == null || !(declared.isObject() || declared.isArray())) {
            return Absent.ABSENT;
        }
        if (ALWAYS_THERE.contains(name) && declared.isObject()) {
            return Map.of();
        }
        return schema.required().contains(name) ? null : Absent.ABSENT;
    }

    /// What tells this item apart from the others of a list.
    Identity identity(@Nullable Object item) {
        return schema.list() == Schema.ListType.SET ? value(item) : key(item);
    }

    /// The same for every item of a list; one without an identity is known by its position.
    List<PathElement> elements(List<?> items) {
        var elements = new ArrayList<PathElement>(items.size());
        for (var item : items) {
            elements.add(
                    switch (identity(item)) {
                        case Identity.Known(var element) -> element;
                        case Identity.Unknown _ -> new PathElement.Index(elements.size());
                    });
        }
        return elements;
    }

    private boolean isOpen() {
        return open || isUntyped() || (schema.properties().isEmpty() && !resource);
    }

    private Shape below(Schema child) {
        return new Shape(child, open || child.preserveUnknown(), child.embedded(), builtIn);
    }

    private @Nullable Schema declared(String name) {
        if (!resource) {
            return schema.property(name);
        }
        return switch (name) {
            case "apiVersion", "kind" -> TEXT;
            case "metadata" -> ObjectMetaSchema.of(schema);
            default -> schema.property(name);
        };
    }

    private static Identity value(@Nullable Object item) {
        return switch (item) {
            case null ->
                    new Identity.Unknown(
                            "associative list without keys has an element that is null");
            case Map<?, ?> _ ->
                    new Identity.Unknown(
                            "associative list without keys has an element that's a map type");
            case List<?> _ ->
                    new Identity.Unknown("not supported: associative list with lists as elements");
            default -> new Identity.Known(new PathElement.Value(item));
        };
    }

    private Identity key(@Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            return new Identity.Unknown("associative list with keys may not have non-map elements");
        }
        var fields = new TreeMap<String, Object>();
        for (var key : schema.listMapKeys()) {
            // A null is filled like what is absent, and the item is known by what fills it.
            var value = map.get(key) == null ? keyDefault(key).orElse(null) : map.get(key);
            if (value != null || map.containsKey(key)) {
                Json.put(fields, key, value);
            }
        }
        return fields.isEmpty()
                ? new Identity.Unknown(
                        "associative list with keys has an element that omits all key fields %s (and doesn't have default values for any key fields)"
                                .formatted(
                                        Json.text(schema.listMapKeys()).replace("\",\"", "\" \"")))
                : new Identity.Known(new PathElement.Key(fields));
    }

    private Optional<Object> keyDefault(String key) {
        return schema.items().map(item -> item.properties().get(key)).flatMap(Schema::defaultValue);
    }

    private static Schema text() {
        return SchemaReader.read(Map.of("type", "string"));
    }
}
