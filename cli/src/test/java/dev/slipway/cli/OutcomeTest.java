package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void showsWhereInItsExpressionEachFieldIsWrong() {
        var problem =
                invalid(
                        FieldCause.forbidden("spec.a", "expected int\n    ${x}\n      ^"),
                        FieldCause.forbidden("spec.b", "no"));

        assertThat(Outcome.block(problem).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).startsWith("  spec.a: ").endsWith("expected int"),
                        line -> assertThat(line).isEqualTo("      ${x}"),
                        line -> assertThat(line).isEqualTo("        ^"),
                        line -> assertThat(line).startsWith("  spec.b: ").endsWith("no"));
    }

    @Test
    void keepsToTheLineWhereOneIsEnough() {
        assertThat(Outcome.block(invalid(FieldCause.forbidden("spec.a", "no"))))
                .startsWith(" spec.a: ")
                .doesNotContain("\n");
    }

    private static Problem invalid(FieldCause... causes) {
        return Problem.invalid("x.test", "Web", "one", List.of(causes));
    }
}
