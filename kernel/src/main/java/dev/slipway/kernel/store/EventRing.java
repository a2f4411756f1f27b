package dev.slipway.kernel.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A queue of events in the order of their revisions that can also be read at any place. For one thread at a time.
final class EventRing {
    private static final int SMALLEST = 8;

    private @Nullable Event[] events = new Event[SMALLEST];
    private int first;
    private int size;

    int size() {
        return size;
    }

    Event get(int index) {
        Objects.checkIndex(index, size);
        return Objects.requireNonNull(events[(first + index) % events.length]);
    }

    void add(Event event) {
        if (size == events.length) {
            resize(2 * size);
        }
        events[(first + size) % events.length] = event;
        size++;
    }

    void removeFirst() {
        Objects.checkIndex(0, size);
        events[first] = null;
        first = (first + 1) % events.length;
        size--;
        if (events.length > SMALLEST && size < events.length / 4) {
            resize(events.length / 2);
        }
    }

    /// The place of the first event with a revision greater than this one; the size where there is none.
    int firstAfter(long revision) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).revision() > revision) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void resize(int capacity) {
        var resized = new Event[capacity];
        for (int i = 0; i < size; i++) {
            resized[i] = get(i);
        }
        events = resized;
        first = 0;
    }
}
