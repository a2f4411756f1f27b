package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleEnvironmentsTest {
    private final RuleEnvironments environments = new RuleEnvironments();

    private static Type struct() {
        return new Type.Struct("object", Map.of("a", Type.TEXT));
    }

    @Test
    void givesEqualTypesOneEnvironment() {
        assertThat(environments.of(struct(), false)).isSameAs(environments.of(struct(), false));
        assertThat(environments.of(struct(), true)).isNotSameAs(environments.of(struct(), false));
    }

    @Test
    void forgetsThemAfterAWhile() {
        var first = environments.of(struct(), false);
        for (int i = 0; i < RuleEnvironments.MAX_USES; i++) {
            environments.of(struct(), false);
        }
        assertThat(environments.of(struct(), false)).isNotSameAs(first);
    }
}
