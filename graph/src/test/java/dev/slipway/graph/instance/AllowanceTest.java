package dev.slipway.graph.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Expression DEAR =
            (Expression) Environment.builder().build().check("lists.range(100).all(x, x >= 0)");

    @Test
    void paysForExpressionsUntilItIsSpent() {
        var allowance = new Allowance(2_000);
        var paid = 0;
        while (allowance.evaluate(DEAR, Map.of()) instanceof Value.Known) {
            paid++;
        }
        assertThat(paid).isBetween(2, 20);
        assertThat(allowance.evaluate(DEAR, Map.of()))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("the limit of 2000"));
    }

    @Test
    void leavesAnExpressionThatIsTooDearByItselfToItsOwnBound() {
        var endless =
                (Expression)
                        Environment.builder()
                                .build()
                                .check(
                                        "lists.range(2000).all(x, lists.range(2000).all(y, x + y >= 0))");
        assertThat(new Allowance().evaluate(endless, Map.of()))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("limit of 2"));
    }
}
