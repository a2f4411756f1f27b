package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.ANY_LIST;
import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.ITEM;
import static dev.slipway.expression.library.Parameter.LIST;

import java.util.ArrayList;
import java.util.List;

/// Lists with one element exchanged, added or taken away; the list itself stays as it is.
final class ListEditFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.global(
                            "lists.setAtIndex", ANY_LIST, LIST, INT, ITEM, ListEditFunctions::set),
                    Function.global(
                            "lists.insertAtIndex",
                            ANY_LIST,
                            LIST,
                            INT,
                            ITEM,
                            ListEditFunctions::insert),
                    Function.global(
                            "lists.removeAtIndex", ANY_LIST, LIST, INT, ListEditFunctions::remove));

    private ListEditFunctions() {}

    private static List<Object> set(List<Object> list, long index, Object item) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(within(index, list.size()), item);
        return copy;
    }

    private static List<Object> insert(List<Object> list, long index, Object item) {
        List<Object> copy = new ArrayList<>(list);
        copy.add(within(index, list.size() + 1), item);
        return copy;
    }

    private static List<Object> remove(List<Object> list, long index) {
        List<Object> copy = new ArrayList<>(list);
        copy.remove(within(index, list.size()));
        return copy;
    }

    private static int within(long index, int size) {
        if (index < 0 || index >= size) {
            throw Failures.outOfRange(index, size);
        }
        return (int) index;
    }
}
