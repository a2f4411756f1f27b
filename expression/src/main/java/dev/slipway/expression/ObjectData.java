package dev.slipway.expression;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object of a tree as an expression sees it. A member with a declared type that is null counts as absent.
@SuppressWarnings("Immutable") // The tree behind it is not changed while it is read.
final class ObjectData extends CelValue
        implements Data, Map<Object, Object>, SelectableValue<String> {
    private final Map<?, ?> tree;
    private final Type type;
    private final Map<Object, Object> members = new Members();

    ObjectData(Map<?, ?> tree, Type type) {
        this.tree = tree;
        this.type = type;
    }

    @Override
    public Object tree() {
        return tree;
    }

    @Override
    public Object select(String field) {
        return find(field).orElseThrow(() -> CelAttributeNotFoundException.forMissingMapKey(field));
    }

    @Override
    public Optional<Object> find(String field) {
        return Optional.ofNullable(
                member(tree.containsKey(field) ? field : EscapedName.plain(field)));
    }

    private @Nullable Object member(@Nullable Object key) {
        Object value = tree.get(key);
        boolean absent = value == null && !(tree.containsKey(key) && mayBeNull(key));
        return absent ? null : Data.view(value, typeOf(key));
    }

    private boolean mayBeNull(@Nullable Object key) {
        return switch (type) {
            case Type.Dynamic _ -> true;
            case Type.Struct(_, var fields, var open) ->
                    open && !fields.containsKey(String.valueOf(key));
            default -> false;
        };
    }

    private Type typeOf(@Nullable Object key) {
        return switch (type) {
            case Type.MapOf(_, var value) -> value;
            case Type.Struct(_, var fields, _) when key instanceof String name ->
                    fields.getOrDefault(name, Type.DYNAMIC);
            default -> Type.DYNAMIC;
        };
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return members.isEmpty();
    }

    @Override
    public CelType celType() {
        return MapType.create(SimpleType.DYN, SimpleType.DYN);
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return tree.containsKey(key) && (tree.get(key) != null || mayBeNull(key));
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return members.containsValue(value);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return member(key);
    }

    @Override
    public Object put(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object remove(@Nullable Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<?, ?> more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Object> keySet() {
        return members.keySet();
    }

    @Override
    public Collection<Object> values() {
        return members.values();
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return members.entrySet();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || members.equals(other);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return tree.toString();
    }

    /// All members, converted; made when somebody asks for all.
    private final class Members extends AbstractMap<Object, Object> {
        @Override
        public Set<Entry<Object, Object>> entrySet() {
            Map<Object, Object> all = LinkedHashMap.newLinkedHashMap(tree.size());
            tree.forEach((key, _) -> {
                Object value = member(key);
                if (value != null) {
                    all.put(key, value);
                }
            });
            return all.entrySet();
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return member(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return ObjectData.this.containsKey(key);
        }
    }
}
