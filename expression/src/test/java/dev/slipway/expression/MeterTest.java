package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.library.Library;
import dev.slipway.expression.program.Budget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {
    private static final Environment RULES =
            Environment.builder()
                    .libraries(Library.RULES)
                    .variable(
                            "self",
                            new Type.Struct(
                                    "cargo",
                                    Map.of(
                                            "port", Type.TEXT,
                                            "crates", new Type.ListOf(Type.TEXT),
                                            "weight", Type.INT)))
                    .build();
    private static final Map<String, Object> DATA =
            Map.of(
                    "self",
                    Map.of("port", "Rotterdam", "crates", List.of("tin", "ore"), "weight", 7L));

    private static Value evaluate(String source, Meter meter) {
        assertThat(RULES.check(source)).isInstanceOf(Expression.class);
        return ((Expression) RULES.check(source)).evaluate(DATA, meter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    self.weight > 1 | 3
                    has(self.port) | 1
                    self.weight > 1 ? self.port : 'none' | 4
                    self.crates[0] == 'tin' | 4
                    self.port.matches('^[A-Z][a-z]+$') | 6
                    self.crates.all(c, c.size() > 2) | 15
                    self.crates.map(c, c + '!') | 31
                    [1, 2, 3] == [1, 2, 3] | 1
                    self.port in ['Riga', 'Rotterdam'] | 2
                    lists.range(10).size() | 22
                    """)
    void countsWhatIsDone(String source, long cost) {
        var meter = new Meter(Meter.MAX_CALL);
        evaluate(source, meter);
        assertThat(meter.spent()).isEqualTo(cost);
    }

    @Test
    void endsAnEvaluationThatCostsTooMuch() {
        var meter = new Meter(10 * Meter.MAX_CALL);
        assertThat(evaluate("lists.range(2000).all(x, lists.range(2000).all(y, y >= 0))", meter))
                .isEqualTo(new Value.Failed("operation cancelled: actual cost limit exceeded"));
        assertThat(meter.spent()).isBetween(Meter.MAX_CALL, Meter.MAX_CALL + 5_000);
        assertThat(meter.isExhausted()).isFalse();
    }

    @Test
    void sumsUpAllEvaluations() {
        var meter = new Meter(5);
        evaluate("self.weight > 1", meter);
        assertThat(meter.isExhausted()).isFalse();
        evaluate("self.weight > 1", meter);
        assertThat(meter.isExhausted()).isTrue();
    }

    @Test
    void tellsTheItemsOfASetApartWhateverTheirOrder() {
        var set = new Type.ListOf(Type.TEXT, Optional.of(List.of()));
        var rules = Environment.builder().libraries(Library.RULES).variable("self", set).build();
        var data = Map.of("self", List.of("tin", "ore"));
        assertThat(((Expression) rules.check("self == ['ore', 'tin']")).evaluate(data))
                .isEqualTo(new Value.Known(true));
        assertThat(((Expression) rules.check("self + ['ore', 'wax']")).evaluate(data))
                .isEqualTo(new Value.Known(List.of("tin", "ore", "wax")));
    }

    @Test
    void endsSeveralEvaluationsThatShareABudget() {
        var budget = new Budget(10_000);
        var expression = (Expression) RULES.check("lists.range(100).all(x, x >= 0)");
        int rounds = 0;
        while (expression.evaluate(DATA, budget) instanceof Value.Known) {
            rounds++;
        }
        assertThat(rounds).isBetween(2, 20);
        assertThat(expression.evaluate(DATA, budget))
                .isEqualTo(
                        new Value.Failed("the expression loops more often than the limit of 1000"));
    }
}
