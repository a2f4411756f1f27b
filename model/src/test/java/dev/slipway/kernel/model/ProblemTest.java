package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void tellsAllCausesOfAFew() {
        var problem = Problem.invalid("", "Thing", "a", causes(2));
        assertThat(problem.causes()).hasSize(2);
        assertThat(problem.message())
                .isEqualTo(
                        "Thing \"a\" is invalid: [list[0]: Required value, list[1]: Required value]");
    }

    @Test
    void countsCausesBeyondThoseThatAreTold() {
        var problem = Problem.invalid("", "Thing", "a", causes(Problem.MAX_CAUSES + 3));
        assertThat(problem.causes()).hasSize(Problem.MAX_CAUSES);
        assertThat(problem.message()).endsWith("list[999]: Required value, and 3 more]");
    }

    private static List<FieldCause> causes(int count) {
        var causes = new ArrayList<FieldCause>();
        for (int i = 0; i < count; i++) {
            causes.add(FieldCause.required("list[" + i + "]", ""));
        }
        return causes;
    }
}
