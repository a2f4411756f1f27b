package dev.slipway.expression.library;

import static dev.slipway.expression.library.LibraryTesting.assertFails;
import static dev.slipway.expression.library.LibraryTesting.assertGives;
import static dev.slipway.expression.library.LibraryTesting.assertRejected;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListFunctionsTest {
    @Test
    void cutsAndFlattensAndReverses() {
        assertGives("[1, 2, 3].slice(1, 3)", List.of(2L, 3L));
        assertFails("[1, 2, 3].slice(2, 4)", "cannot slice");
        assertGives("[[1, 2], [3]].flatten()", List.of(1L, 2L, 3L));
        assertGives("[dyn(1), dyn([2, [3, [4]]])].flatten(2)", List.of(1L, 2L, 3L, List.of(4L)));
        assertFails("[dyn(1)].flatten(-1)", "non-negative");
        assertRejected("[1, 2].flatten()", "flatten");
        assertGives("dynamic.numbers.reverse()", List.of(2L, 1L, 3L));
        assertGives("'a😀'.reverse()", "😀a");
    }

    @Test
    void countsUpToALimit() {
        assertGives("lists.range(3)", List.of(0L, 1L, 2L));
        assertFails("lists.range(1000001)", "1000000");
        assertFails("lists.range(-1)", "lists.range");
    }

    @Test
    void leavesOutWhatIsThereTwice() {
        assertGives("[1, 2, 2, 3, 1].distinct()", List.of(1L, 2L, 3L));
        assertGives(
                "[dyn(1), dyn(1.0), dyn('1'), dyn([1]), dyn([1.0])].distinct()",
                List.of(1L, "1", List.of(1L)));
    }

    @Test
    void sorts() {
        assertGives("['c', 'a', 'B'].sort()", List.of("B", "a", "c"));
        assertGives("dynamic.numbers.sort()", List.of(1L, 2L, 3L));
        assertGives("['\\U0001F600', '\\uFFFD'].sort()", List.of("\uFFFD", "\uD83D\uDE00"));
        assertFails("[dyn(2), dyn('a')].sort()", "same type");
        assertRejected("[{'a': 1}].sort()", "sort");
    }

    @Test
    void sortsByAKeyAndKeepsTheElementType() {
        assertGives(
                "[{'n': 'b', 'v': 1}, {'n': 'a', 'v': 1}, {'n': 'c', 'v': 0}].sortBy(x, x.v).map(x, x.n)",
                List.of("c", "b", "a"));
        assertGives("dynamic.numbers.sortBy(x, -x).sortBy(y, y % 2)", List.of(2L, 3L, 1L));
        assertRejected("[1].sortBy(x.y, x)", "simple name");
    }

    @Test
    void findsTheExtremesAndTheSum() {
        assertGives("[1, 3, 2].max()", 3L);
        assertGives("['b', 'a'].min()", "a");
        assertGives("dynamic.numbers.sum()", 6L);
        assertGives("[].sum()", 0L);
        assertGives("[duration('1m'), duration('30s')].sum()", "1m30s");
        assertFails("[9223372036854775807, 1].sum()", "overflow");
        assertFails("[1].filter(x, x > 1).min()", "empty list");
        assertRejected("['a'].sum()", "sum");
    }

    @Test
    void findsPlaces() {
        assertGives("[1, 2, 3, 2].indexOf(2)", 1L);
        assertGives("[1, 2, 3, 2].lastIndexOf(2)", 3L);
        assertGives("dynamic.numbers.indexOf(7)", -1L);
        assertGives("dynamic.text.indexOf('c')", 2L);
        assertGives("'hello'.lastIndexOf('l', 2)", 2L);
        assertGives("'hello'.indexOf('l', 10)", -1L);
        assertFails("'hello'.indexOf('l', -1)", "out of range");
        assertGives("[1, 2, 2].isSorted()", true);
        assertGives("dynamic.numbers.isSorted()", false);
    }
}
