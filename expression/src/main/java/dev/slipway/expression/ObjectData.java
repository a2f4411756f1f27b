package dev.slipway.expression;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
    private @Nullable Set<Object> keys;

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
        return Optional.ofNullable(member(field));
    }

    private @Nullable Object member(@Nullable Object key) {
        Object name = inTree(key);
        Object value = tree.get(name);
        boolean absent = value == null && !(tree.containsKey(name) && mayBeNull(name));
        return absent ? null : Data.view(value, typeOf(name));
    }

    /// What the tree calls the member that expressions know by `key`.
    private @Nullable Object inTree(@Nullable Object key) {
        return type instanceof Type.Struct struct && key instanceof String name
                ? EscapedName.field(name, struct.fields().keySet())
                : key;
    }

    private boolean mayBeNull(@Nullable Object name) {
        return switch (type) {
            case Type.Dynamic _ -> true;
            case Type.Struct(_, var fields, var open) ->
                    open && !fields.containsKey(String.valueOf(name));
            default -> false;
        };
    }

    private boolean isDeclared(@Nullable Object name) {
        return !(type instanceof Type.Struct(_, var fields, var open))
                || open
                || fields.containsKey(String.valueOf(name));
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
        return isEmpty();
    }

    @Override
    public CelType celType() {
        return MapType.create(SimpleType.DYN, SimpleType.DYN);
    }

    @Override
    public int size() {
        return keySet().size();
    }

    @Override
    public boolean isEmpty() {
        return keySet().isEmpty();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        Object name = inTree(key);
        return tree.containsKey(name) && (tree.get(name) != null || mayBeNull(name));
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

    /// As expressions know them.
    @Override
    public Set<Object> keySet() {
        Set<Object> known = keys;
        if (known == null && type instanceof Type.Dynamic) {
            return Collections.unmodifiableSet(tree.keySet());
        }
        if (known == null) {
            known = new LinkedHashSet<>();
            for (Object name : tree.keySet()) {
                boolean there = tree.get(name) != null || mayBeNull(name);
                if (there && isDeclared(name)) {
                    known.addAll(inExpressions(name));
                }
            }
            keys = known;
        }
        return Collections.unmodifiableSet(known);
    }

    private List<Object> inExpressions(Object name) {
        return type instanceof Type.Struct(_, var fields, _)
                        && fields.containsKey(String.valueOf(name))
                ? EscapedName.of(String.valueOf(name)).map(List::<Object>of).orElse(List.of())
                : List.of(name);
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
            for (Object key : ObjectData.this.keySet()) {
                Object value = member(key);
                if (value != null) {
                    all.put(key, value);
                }
            }
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
