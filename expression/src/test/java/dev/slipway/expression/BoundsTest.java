package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Few words that would make much: none may fill the memory or hold a thread.
class BoundsTest {
    private final Environment environment =
            Environment.builder().variable("s", Type.TEXT).variable("o", Type.DYNAMIC).build();

    @Test
    void refusesTextsThatReplacingMakesTooLong() {
        assertThat(value("s.replace('a', s).replace('a', s).replace('a', s)", "a".repeat(3_000)))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains("a text of more than 2097152 letters"));
        assertThat(value("size(s.replace('a', s))", "a".repeat(1_000)))
                .isEqualTo(new Value.Known(1_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'aaa'.matches(s)", "matches('aaa', s)", "'aaa'.find(s) == ''"})
    void refusesPatternsThatRepeatRepeats(String use) {
        assertThat(value(use, "((a{0,1000}){0,1000}){0,1000}"))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("invalid repeat count"));
        assertThat(value(use, "^[b-z]{0,3}$")).isInstanceOf(Value.Known.class);
    }

    @Test
    void countsHowHeavyAPatternIs() {
        assertThat(value("s.matches('(a?b?c?d?e?){900}z')", "a".repeat(1_000_000)))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("costs more than"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json.marshal(%s)",
                "'%%s'.format([%s])",
                "%s",
                "%1$s == %1$s",
                "%1$s in [%1$s, 2]",
                "[%1$s, %1$s].distinct()",
                "{'a': %s}"
            })
    void refusesValuesThatHoldThemselvesOverAndOver(String use) {
        assertThat(value(use.formatted(doubled(31)), "x"))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains("more than 4194304 letters and members"));
        assertThat(value(use.formatted(doubled(5)), "x")).isInstanceOf(Value.Known.class);
    }

    @Test
    void refusesAnObjectThatIsNamedAHundredThousandTimes() {
        assertThat(
                        ((Expression) environment.check("lists.range(100000).map(i, o)"))
                                .evaluate(Map.of("s", "", "o", Map.of("k", "v".repeat(1_000)))))
                .isInstanceOf(Value.Failed.class);
    }

    @Test
    void refusesToDivideATextIntoTooManyParts() {
        assertThat(value("size(s.split(''))", "a".repeat(300_000)))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("200000 parts"));
    }

    /// A list of two lists of two lists.
    private static String doubled(int times) {
        var text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            var inner = i == 0 ? "s" : "v" + (i - 1);
            text.append("cel.bind(v%d, [%s, %s], ".formatted(i, inner, inner));
        }
        return text.append("v").append(times - 1).append(")".repeat(times)).toString();
    }

    private Value value(String source, String text) {
        return ((Expression) environment.check(source)).evaluate(Map.of("s", text, "o", Map.of()));
    }
}
