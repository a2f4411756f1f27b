package dev.slipway.expression.program;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts what one run costs as Kubernetes counts it, to the unit, and ends it when that is too much; belongs to one thread.
///
/// What a call costs depends on its arguments. They are found by the ids of their steps on a stack of all values that steps
/// gave, as the original finds them: what a failed step left there is taken for a value too.
public final class Costs {
    private final long limit;
    private long cost;
    private @Nullable Object[] values = new @Nullable Object[32];
    private long[] ids = new long[32];
    private int size;

    /// How often each id is on the stack.
    private int[] counts = new int[64];

    public Costs(long limit) {
        this.limit = limit;
    }

    /// What has been spent so far.
    public long cost() {
        return cost;
    }

    void add(long more) {
        cost = Math.addExact(cost, more);
    }

    void push(long id, Object value) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        if (id >= counts.length) {
            counts = Arrays.copyOf(counts, Math.toIntExact(2 * id));
        }
        ids[size] = id;
        values[size++] = value;
        counts[(int) id]++;
        if (cost > limit) {
            throw Budget.Exhausted.exceeded();
        }
    }

    /// Takes the newest value of a step from the stack, and what lies above it.
    @Nullable Object drop(long id) {
        if (id >= counts.length || counts[(int) id] == 0) {
            return null;
        }
        while (true) {
            size--;
            counts[(int) ids[size]]--;
            @Nullable Object value = values[size];
            values[size] = null;
            if (ids[size] == id) {
                return value;
            }
        }
    }

    /// Takes the values of parts from the stack, the last one first; null as soon as one is not there.
    @Nullable Object @Nullable [] take(List<Step> parts) {
        @Nullable Object[] taken = new @Nullable Object[parts.size()];
        for (int index = taken.length - 1; index >= 0; index--) {
            taken[index] = drop(parts.get(index).id());
            if (taken[index] == null) {
                return null;
            }
        }
        return taken;
    }

    /// A call whose last argument was never worked out costs nothing.
    void call(String function, String overload, Object result, Step... arguments) {
        @Nullable Object[] taken = take(Arrays.asList(arguments));
        if (taken != null) {
            add(new CallCost(function, overload, taken, result).units());
        }
    }
}
