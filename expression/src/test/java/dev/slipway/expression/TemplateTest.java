package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.Template.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private final Environment environment =
            Environment.builder()
                    .variable("name", Type.TEXT)
                    .variable("port", Type.INT)
                    .variable("any", Type.DYNAMIC)
                    .build();

    @Test
    void leavesTextAlone() {
        assertThat(Template.parse("a $b {c} }")).isEqualTo(new Template.Literal("a $b {c} }"));
        assertThat(Template.parse("")).isEqualTo(new Template.Literal(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\"}\"",
                "'}'",
                "'''}'\n'}'''",
                "r'\\'+'}'",
                "br\"\\\"",
                "'\\'}'",
                "\"${X}\"",
                "has(a.b) ? a.b : {}",
                "{\"a\": {\"b\": 1}}",
                "a // not the end }\n",
                "\n  a\n",
                "x.`}`"
            })
    void readsAStandaloneExpression(String source) {
        assertThat(Template.parse("${" + source + "}"))
                .isEqualTo(new Template.Standalone(source, 2));
    }

    @Test
    void keepsTextAroundExpressions() {
        assertThat(Template.parse("$${a}-${b}\n"))
                .isEqualTo(
                        new Template.Mixed(
                                List.of(
                                        new Part.Text("$"),
                                        new Part.Embedded("a", 3),
                                        new Part.Text("-"),
                                        new Part.Embedded("b", 8),
                                        new Part.Text("\n"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n y${abc", "x\n y${'}", "x\n y${{}", "x\n y${a // }"})
    void takesWhatIsNeverClosedAsText(String text) {
        assertThat(Template.parse(text)).isEqualTo(new Template.Literal(text));
        assertThat(Template.parse(text).isUnclosed()).isTrue();
        assertThat(Template.parse("${a}" + text).isUnclosed()).isTrue();
        assertThat(Template.parse("${a} x").isUnclosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n y${}", "x\n y${ }"})
    void saysWhereABrokenExpressionBegins(String text) {
        assertThat(Template.parse(text))
                .isInstanceOfSatisfying(
                        Template.Malformed.class,
                        malformed -> {
                            assertThat(malformed.error().line()).isEqualTo(2);
                            assertThat(malformed.error().column()).isEqualTo(3);
                        });
    }

    @Test
    void refusesAnExpressionInsideAnother() {
        assertThat(Template.parse("x${a ${b}}"))
                .isEqualTo(
                        new Template.Malformed(
                                new ExpressionError(1, 6, "nested expressions are not allowed")));
    }

    @Test
    void joinsTextAndExpressions() {
        assertThat(
                        mixed("http://${name // host\n}:${string(port)}/\"q\"")
                                .evaluate(Map.of("name", "demo", "port", 80L)))
                .isEqualTo(new Value.Known("http://demo:80/\"q\""));
    }

    @Test
    void givesTextForTwoExpressionsWithNothingBetween() {
        assertThat(mixed("${any}${any}").evaluate(Map.of("any", "x")))
                .isEqualTo(new Value.Known("xx"));
        assertThat(mixed("${any}${any}").evaluate(Map.of("any", List.of())))
                .isInstanceOf(Value.Failed.class);
    }

    @Test
    void joinsManyPartsAndLongTexts() {
        String text = "${name}-".repeat(1_000) + "\n".repeat(Environment.MAXIMAL_SOURCE_LENGTH);
        assertThat(mixed(text).evaluate(Map.of("name", "x")))
                .isEqualTo(
                        new Value.Known(
                                "x-".repeat(1_000)
                                        + "\n".repeat(Environment.MAXIMAL_SOURCE_LENGTH)));
        assertThat(check("${name}" + "x".repeat(Environment.MAXIMAL_TEMPLATE_LENGTH)))
                .isInstanceOfSatisfying(
                        Checked.Rejected.class,
                        rejected ->
                                assertThat(rejected.errors().getFirst().message())
                                        .contains("longer than 1048576"));
    }

    @Test
    void refusesAPartThatIsNoTextAtItsPlace() {
        assertThat(check("a-${port}-${nobody}"))
                .isInstanceOfSatisfying(
                        Checked.Rejected.class,
                        rejected ->
                                assertThat(rejected.errors())
                                        .satisfiesExactly(
                                                error -> {
                                                    assertThat(error.column()).isEqualTo(5);
                                                    assertThat(error.message())
                                                            .contains(
                                                                    "expected string, got int",
                                                                    "string(...)");
                                                },
                                                error -> {
                                                    assertThat(error.column()).isEqualTo(13);
                                                    assertThat(error.message()).contains("nobody");
                                                }));
    }

    private Expression mixed(String text) {
        return switch (check(text)) {
            case Expression expression -> expression;
            case Checked.Rejected(var errors) -> throw new AssertionError(text + ": " + errors);
        };
    }

    private Checked check(String text) {
        return switch (Template.parse(text)) {
            case Template.Mixed mixed -> environment.check(text, mixed);
            case Template other -> throw new AssertionError("not mixed: " + other);
        };
    }
}
