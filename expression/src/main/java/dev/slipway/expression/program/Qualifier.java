package dev.slipway.expression.program;

import org.jspecify.annotations.Nullable;

/// One step of a way into a value: a field, an index, or the question whether a field is there.
abstract sealed class Qualifier {
    private final long id;
    private final boolean optional;

    private Qualifier(long id, boolean optional) {
        this.id = id;
        this.optional = optional;
    }

    final long id() {
        return id;
    }

    /// Whether absence is no failure.
    final boolean isOptional() {
        return optional;
    }

    /// What is there; a fault where nothing is.
    final Object read(Frame frame, Object object) {
        Object value = readFrom(frame, object);
        count(frame, value);
        return value;
    }

    /// What is there, or [Absent].
    final Object find(Frame frame, Object object) {
        Object value = findIn(frame, object);
        if (!(value instanceof Absent) && !(value instanceof Fault)) {
            count(frame, value);
        }
        return value;
    }

    abstract Object readFrom(Frame frame, Object object);

    abstract Object findIn(Frame frame, Object object);

    private void count(Frame frame, Object value) {
        frame.budget().step();
        @Nullable Costs costs = frame.costs();
        if (costs != null) {
            count(costs);
            costs.push(id, value);
        }
    }

    void count(Costs costs) {
        costs.add(1);
    }

    /// A key that is written out.
    static final class Key extends Qualifier {
        private final Object key;

        Key(long id, Object key, boolean optional) {
            super(id, optional);
            this.key = key;
        }

        Object key() {
            return key;
        }

        @Override
        Object readFrom(Frame frame, Object object) {
            return Access.read(object, key);
        }

        @Override
        Object findIn(Frame frame, Object object) {
            return Access.find(object, key);
        }
    }

    /// The question of `has` whether a field is there.
    static final class Presence extends Qualifier {
        private final String field;

        Presence(long id, String field) {
            super(id, false);
            this.field = field;
        }

        @Override
        Object readFrom(Frame frame, Object object) {
            Object value = Access.find(object, field);
            return value instanceof Fault ? value : (Object) !(value instanceof Absent);
        }

        @Override
        Object findIn(Frame frame, Object object) {
            return Access.find(object, field);
        }
    }

    /// A key that is worked out.
    static final class Computed extends Qualifier {
        private final Attribute key;

        Computed(long id, Attribute key, boolean optional) {
            super(id, optional);
            this.key = key;
        }

        @Override
        Object readFrom(Frame frame, Object object) {
            Object known = key.resolve(frame);
            return known instanceof Fault ? known : Access.read(object, known);
        }

        @Override
        Object findIn(Frame frame, Object object) {
            Object known = key.resolve(frame);
            return known instanceof Fault ? known : Access.find(object, known);
        }

        @Override
        void count(Costs costs) {
            if (key instanceof Attribute.Of) {
                costs.drop(id());
            }
            super.count(costs);
        }
    }
}
