package dev.slipway.expression.library;

import static dev.slipway.expression.library.LibraryTesting.assertFails;
import static dev.slipway.expression.library.LibraryTesting.assertGives;
import static dev.slipway.expression.library.LibraryTesting.assertRejected;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFunctionsTest {
    @Test
    void formatsValues() {
        assertGives("'%s %d %.1f %x %%'.format(['n', 10, 2.25, 255])", "n 10 2.2 ff %");
        assertGives("'%s'.format([{'b': [1.0, 2.5], 'a': null}])", "{a: null, b: [1, 2.5]}");
        assertGives(
                "'%s %s'.format([duration('90s'), timestamp('2024-02-29T12:00:00.5Z')])",
                "90s 2024-02-29T12:00:00.5Z");
        assertGives("'%e %.0e'.format([123456789.0, 25.0])", "1.234568e+08 2e+01");
        assertGives("'%b %o %X'.format([true, 8, 'hi'])", "1 10 6869");
        assertGives("'%.3f'.format([-0.0])", "-0.000");
    }

    @Test
    void findsMisuseOfFormatBeforeAnythingRuns() {
        assertRejected("'%d'.format(['a'])", "%d cannot be used on string");
        assertRejected("'%s %s'.format(['a'])", "expected 2 arguments");
        assertRejected("'%5d'.format([1])", "unrecognized formatting clause \"%5\"");
        assertRejected("'%.101f'.format([1.0])", "limit of 100");
        assertFails("'%d'.format([dynamic.text])", "%d cannot be used on string");
    }

    @Test
    void spellsNumbersAndTimesLikeEveryoneElse() {
        assertGives(
                "string(1.0) + ' ' + string(123456789.0) + ' ' + string(0.00001)",
                "1 1.23456789e+08 1e-05");
        assertGives("string(duration('90m')) + ' ' + string(duration('1.5s'))", "5400s 1.5s");
        assertGives("string(timestamp('2024-02-29T12:00:00.500Z'))", "2024-02-29T12:00:00.5Z");
        assertGives("string(dyn(2.5)) + string(7) + string(true)", "2.57true");
        assertGives("[bool('T'), bool('0'), bool(true)]", List.of(true, false, true));
        assertFails("bool('yes')", "not a bool");
    }

    @Test
    void joinsTextsOnly() {
        assertGives("['a', 'b'].join('-')", "a-b");
        assertFails("dynamic.numbers.join(',')", "not a string");
    }

    @Test
    void findsPatterns() {
        assertGives("'abc 123'.find('[0-9]+')", "123");
        assertGives("'abc'.find('x')", "");
        assertGives("'1 22 333'.findAll('[0-9]+', 2)", List.of("1", "22"));
        assertGives("'1 22 333'.findAll('[0-9]+')", List.of("1", "22", "333"));
        assertFails("'a'.find('(')", "invalid pattern");
    }
}
