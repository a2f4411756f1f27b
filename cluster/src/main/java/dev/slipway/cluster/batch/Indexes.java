package dev.slipway.cluster.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// Completion indexes of a job, as its status writes them: `1,3-5,7`.
///
/// @param numbers ascending
record Indexes(List<Long> numbers) {
    /// How many indexes a text may stand for.
    static final int MAX_INDEXES = 100_000;

    private static final String RANGE = "[0-9]{1,9}(-[0-9]{1,9})?";

    static Indexes of(Collection<Long> numbers) {
        return new Indexes(List.copyOf(new TreeSet<>(numbers)));
    }

    /// Reads a text; what is no index in it is passed over.
    static Indexes parse(String text) {
        var numbers = new TreeSet<Long>();
        for (var part : text.split(",", -1)) {
            if (part.matches(RANGE)) {
                var ends = part.split("-", -1);
                LongStream.rangeClosed(
                                Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                        .limit(MAX_INDEXES)
                        .forEach(numbers::add);
            }
        }
        return of(numbers);
    }

    Indexes and(Indexes others) {
        var all = new ArrayList<>(numbers);
        all.addAll(others.numbers);
        return of(all);
    }

    Indexes where(LongPredicate kept) {
        return new Indexes(numbers.stream().filter(kept::test).toList());
    }

    boolean contains(long number) {
        return Collections.binarySearch(numbers, number) >= 0;
    }

    int size() {
        return numbers.size();
    }

    /// Three or more in a row are written as a range.
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        for (int from = 0; from < numbers.size(); ) {
            var to = from;
            while (to + 1 < numbers.size() && numbers.get(to + 1) == numbers.get(to) + 1) {
                to++;
            }
            parts.add(part(numbers.get(from), numbers.get(to)));
            from = to + 1;
        }
        return String.join(",", parts);
    }

    private static String part(long first, long last) {
        if (first == last) {
            return Long.toString(first);
        }
        return first + (last == first + 1 ? "," : "-") + last;
    }
}
