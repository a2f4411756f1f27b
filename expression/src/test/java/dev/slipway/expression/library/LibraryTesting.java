package dev.slipway.expression.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Type;
import dev.slipway.expression.Value;
import java.util.List;
import java.util.Map;

/// Short forms for tests that evaluate one expression with the functions of templates.
final class LibraryTesting {
    private static final Environment ENVIRONMENT =
            Environment.builder().variable("dynamic", Type.DYNAMIC).build();

    private LibraryTesting() {}

    static Value evaluate(String source) {
        return switch (ENVIRONMENT.check(source)) {
            case Expression expression ->
                    expression.evaluate(
                            Map.of(
                                    "dynamic",
                                    Map.of("text", "abc", "numbers", List.of(3L, 1L, 2L))));
            case Checked.Rejected(var errors) -> throw new AssertionError(source + ": " + errors);
        };
    }

    static void assertGives(String source, Object expected) {
        assertThat(evaluate(source)).as(source).isEqualTo(new Value.Known(expected));
    }

    static void assertFails(String source, String word) {
        assertThat(evaluate(source))
                .as(source)
                .isInstanceOfSatisfying(
                        Value.Failed.class, failed -> assertThat(failed.message()).contains(word));
    }

    static void assertRejected(String source, String word) {
        assertThat(ENVIRONMENT.check(source))
                .as(source)
                .isInstanceOfSatisfying(
                        Checked.Rejected.class,
                        rejected ->
                                assertThat(rejected.errors())
                                        .anySatisfy(error ->
                                                assertThat(error.message()).contains(word)));
    }
}
