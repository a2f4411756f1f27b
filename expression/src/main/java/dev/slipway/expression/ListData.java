package dev.slipway.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.slipway.expression.library.KeyedList;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A list of a tree as an expression sees it.
@SuppressWarnings("Immutable") // The tree behind it is not changed while it is read.
final class ListData extends CelValue implements Data, KeyedList, RandomAccess {
    private final List<?> tree;
    private final Type element;
    private final Optional<List<String>> keys;
    private final List<Object> elements = new Elements();

    ListData(List<?> tree, Type element, Optional<List<String>> keys) {
        this.tree = tree;
        this.element = element;
        this.keys = keys;
    }

    @Override
    public Optional<Function<Object, Object>> key() {
        return keys.map(names -> names.isEmpty() ? whole -> whole : map -> parts(map, names));
    }

    private static Object parts(Object element, List<String> names) {
        return element instanceof Map<?, ?> map
                ? names.stream().map(name -> Objects.requireNonNullElse(map.get(name), "")).toList()
                : element;
    }

    @Override
    public Object tree() {
        return tree;
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return tree.isEmpty();
    }

    @Override
    public CelType celType() {
        return ListType.create(SimpleType.DYN);
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public boolean isEmpty() {
        return tree.isEmpty();
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public boolean contains(@Nullable Object value) {
        return elements.contains(value);
    }

    @Override
    public boolean containsAll(Collection<?> values) {
        return elements.containsAll(values);
    }

    @Override
    public int indexOf(@Nullable Object value) {
        return elements.indexOf(value);
    }

    @Override
    public int lastIndexOf(@Nullable Object value) {
        return elements.lastIndexOf(value);
    }

    @Override
    public Iterator<Object> iterator() {
        return elements.iterator();
    }

    @Override
    public ListIterator<Object> listIterator() {
        return elements.listIterator();
    }

    @Override
    public ListIterator<Object> listIterator(int index) {
        return elements.listIterator(index);
    }

    @Override
    public List<Object> subList(int from, int to) {
        return elements.subList(from, to);
    }

    @Override
    public Object[] toArray() {
        return elements.toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return elements.toArray(array);
    }

    @Override
    public boolean add(Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void add(int index, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean addAll(Collection<?> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean addAll(int index, Collection<?> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object set(int index, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(@Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object remove(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeAll(Collection<?> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retainAll(Collection<?> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || elements.equals(other);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return tree.toString();
    }

    /// The elements, each converted when it is read.
    private final class Elements extends AbstractList<Object> implements RandomAccess {
        @Override
        public Object get(int index) {
            return Data.view(tree.get(index), element);
        }

        @Override
        public int size() {
            return tree.size();
        }
    }
}
