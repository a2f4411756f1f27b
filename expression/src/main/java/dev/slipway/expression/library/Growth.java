package dev.slipway.expression.library;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list or a map that a loop builds: until its [#end] it takes more in place; belongs to one thread.
public sealed interface Growth {
    /// From now on it stays as it is.
    void end();

    /// A list that a loop builds.
    final class OfList extends AbstractList<Object> implements Growth, RandomAccess {
        private final List<Object> elements = new ArrayList<>();
        private boolean ended;

        @Override
        public Object get(int index) {
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }

        @Override
        public void end() {
            ended = true;
        }

        /// This list with `more` at its end.
        List<Object> with(Collection<?> more) {
            if (!ended) {
                elements.addAll(more);
                return this;
            }
            List<Object> all = new ArrayList<>(elements);
            all.addAll(more);
            return all;
        }
    }

    /// A map that a loop builds.
    final class OfMap extends AbstractMap<Object, Object> implements Growth {
        private final Map<Object, Object> members = new LinkedHashMap<>();
        private boolean ended;

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return members.entrySet();
        }

        @Override
        public boolean containsKey(Object key) {
            return members.containsKey(key);
        }

        @Override
        public @Nullable Object get(Object key) {
            return members.get(key);
        }

        @Override
        public int size() {
            return members.size();
        }

        @Override
        public void end() {
            ended = true;
        }

        /// This map with one more member.
        Map<Object, Object> with(Object key, Object value) {
            if (!ended) {
                members.put(key, value);
                return this;
            }
            Map<Object, Object> all = new LinkedHashMap<>(members);
            all.put(key, value);
            return all;
        }
    }
}
