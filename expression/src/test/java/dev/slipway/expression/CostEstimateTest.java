package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.library.Library;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CostEstimateTest {
    private static final Type SHIPMENT =
            new Type.Struct(
                    "shipment",
                    Map.of(
                            "port",
                            Type.TEXT,
                            "weight",
                            Type.INT,
                            "crates",
                            new Type.ListOf(Type.TEXT),
                            "marks",
                            new Type.MapOf(Type.TEXT)));
    private static final Environment RULES =
            Environment.builder().libraries(Library.RULES).variable("self", SHIPMENT).build();

    /// Ports have up to 40 letters; there are up to 20 crates of 50 letters; nobody bounds the marks.
    private static OptionalDouble size(List<String> place) {
        return switch (String.join("/", place)) {
            case "port" -> OptionalDouble.of(40);
            case "crates" -> OptionalDouble.of(20);
            case "crates/@elements" -> OptionalDouble.of(50);
            case "weight", "" -> OptionalDouble.of(0);
            default -> OptionalDouble.empty();
        };
    }

    private static Span cost(String source) {
        assertThat(RULES.check(source)).isInstanceOf(Expression.class);
        return ((Expression) RULES.check(source)).estimated(CostEstimateTest::size);
    }

    @Test
    void countsEachStepAndEachCall() {
        assertThat(cost("self.weight > 1")).isEqualTo(Span.of(3));
        assertThat(cost("-self.weight")).isEqualTo(Span.of(3));
        assertThat(cost("has(self.port)")).isEqualTo(Span.ONE);
    }

    @Test
    void countsTheLettersOfTexts() {
        assertThat(cost("self.port == 'Hamburg'")).isEqualTo(new Span(3, 3));
        assertThat(cost("self.port.contains('burg')")).isEqualTo(new Span(2, 6));
        assertThat(cost("self.port.matches('[a-z]{1,9}')")).isEqualTo(new Span(5, 17));
        assertThat(cost("(self.port + self.port).lowerAscii()")).isEqualTo(new Span(4, 20));
    }

    @Test
    void runsTheBodyOfALoopAsOftenAsTheListIsLong() {
        assertThat(cost("self.crates.all(c, c.size() > 3)")).isEqualTo(new Span(3, 123));
        assertThat(cost("[1, 2, 3].map(x, x + 1)")).isEqualTo(Span.of(63));
        assertThat(cost("self.crates.map(c, c).sort().size()")).isEqualTo(new Span(25, 1125));
    }

    @Test
    void takesTheDearerBranchForTheMost() {
        assertThat(cost("self.weight > 1 ? self.port.size() : 0")).isEqualTo(new Span(3, 6));
        assertThat(cost("self.weight > 1 && self.port == ''")).isEqualTo(new Span(3, 5));
    }

    @Test
    void knowsNoEndWhereNothingIsBounded() {
        assertThat(cost("self.marks.all(m, m == 'fragile')").most()).isEqualTo(0x1p64);
    }
}
