package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.ANY_LIST;
import static dev.slipway.expression.library.Parameter.DYNS;
import static dev.slipway.expression.library.Parameter.DYN_LIST;
import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.LIST;

import com.google.common.collect.ImmutableList;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/// Parts of lists, and lists made into other lists.
final class ListFunctions {
    /// The longest range that is made.
    private static final long MAXIMAL_RANGE = 1_000_000;

    /// The most elements that flattening gives.
    private static final int MAXIMAL_FLAT = 1_000_000;

    private static final ListType INTS = ListType.create(SimpleType.INT);

    static final List<Function> ALL =
            List.of(
                    Function.member("slice", ANY_LIST, LIST, INT, INT, ListFunctions::slice),
                    Function.member(
                            "flatten",
                            ANY_LIST,
                            Parameter.list(ListType.create(ANY_LIST)),
                            list -> flatten(list, 1, new ArrayList<>())),
                    Function.member("flatten", DYN_LIST, DYNS, INT, ListFunctions::flatten),
                    Function.member("distinct", ANY_LIST, LIST, ListFunctions::distinct),
                    Function.member("reverse", ANY_LIST, LIST, ListFunctions::reverse),
                    Function.global("lists.range", INTS, INT, ListFunctions::range));

    private ListFunctions() {}

    private static List<Object> slice(List<Object> list, long from, long to) {
        if (from < 0 || from > to || to > list.size()) {
            throw Failures.invalid(
                    "cannot slice("
                            + from
                            + ", "
                            + to
                            + "), the list has "
                            + list.size()
                            + " elements");
        }
        return ImmutableList.copyOf(list.subList((int) from, (int) to));
    }

    private static List<Object> flatten(List<Object> list, long levels) {
        if (levels < 0) {
            throw Failures.invalid("level must be non-negative, got " + levels);
        }
        return flatten(list, levels, new ArrayList<>());
    }

    private static List<Object> flatten(Collection<?> list, long levels, List<Object> flat) {
        for (Object element : list) {
            if (levels > 0 && element instanceof Collection<?> inner) {
                flatten(inner, levels - 1, flat);
            } else {
                flat.add(element);
            }
            if (flat.size() > MAXIMAL_FLAT) {
                throw Failures.invalid("flatten gives more than " + MAXIMAL_FLAT + " elements");
            }
        }
        return flat;
    }

    private static List<Object> distinct(List<Object> list) {
        DistinctValues seen = new DistinctValues();
        return list.stream().filter(seen::add).toList();
    }

    private static List<Object> reverse(List<Object> list) {
        return ImmutableList.copyOf(list).reverse();
    }

    private static List<Long> range(long size) {
        if (size < 0 || size > MAXIMAL_RANGE) {
            throw Failures.invalid(
                    "lists.range: size " + size + " is not within 0 and " + MAXIMAL_RANGE);
        }
        return LongStream.range(0, size).boxed().toList();
    }
}
