package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.library.Library;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictLiteralsTest {
    private static final Environment RULES = Environment.builder().libraries(Library.RULES).build();
    private static final Environment TEMPLATES = Environment.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    duration('3 weeks') | 1:10: invalid duration argument
                    duration('9999999h') | 1:10: invalid duration argument
                    timestamp('2031-02-30T00:00:00Z') | 1:11: invalid timestamp argument
                    timestamp('2031-02-03t00:00:00z') | 1:11: invalid timestamp argument
                    "lead".matches('(?=ead)') | 1:16: invalid matches argument
                    [7, 7.5] | 1:5: expected type 'int' but found 'double'
                    [[''], [false]] | 1:8: expected type 'list(string)' but found 'list(bool)'
                    {'tin': 1, 'ore': ''} | 1:19: expected type 'int' but found 'string'
                    """)
    void refusesWhatIsWrittenWrong(String source, String error) {
        assertThat(RULES.check(source.replace('"', '\'')))
                .isInstanceOfSatisfying(
                        Checked.Rejected.class,
                        rejected ->
                                assertThat(rejected.errors())
                                        .extracting(one ->
                                                one.line()
                                                        + ":"
                                                        + one.column()
                                                        + ": "
                                                        + one.message())
                                        .containsExactly(error));
        assertThat(TEMPLATES.check(source.replace('"', '\''))).isInstanceOf(Expression.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "duration('1h30m') > duration('-.5s')",
                "timestamp('2031-02-03T04:05:06.789+09:30') > timestamp(0)",
                "'lead'.matches('^[a-z]+$')",
                "[[], ['ore']]",
                "'%s %d'.format(['tin', 50])",
            })
    void takesWhatIsWrittenRight(String source) {
        assertThat(RULES.check(source)).isInstanceOf(Expression.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int('٣')",
                "double('2f')",
                "double('1e999')",
                "timestamp('0000-01-01T00:00:00Z')"
            })
    void readsNumbersAndTimesOnlyAsEverybodyDoes(String source) {
        assertThat(evaluated(source)).isInstanceOf(Value.Failed.class);
    }

    @Test
    void readsTimesToTheNanosecond() {
        assertThat(evaluated("string(timestamp('2031-02-03T04:05:06.1234567899Z'))"))
                .isEqualTo(new Value.Known("2031-02-03T04:05:06.123456789Z"));
        assertThat(evaluated("[double('-inf') < 0.0, double('.5') == 0.5, int('+7') == 7]"))
                .isEqualTo(new Value.Known(List.of(true, true, true)));
    }

    private static Value evaluated(String source) {
        assertThat(TEMPLATES.check(source)).isInstanceOf(Expression.class);
        return ((Expression) TEMPLATES.check(source)).evaluate(Map.of());
    }
}
