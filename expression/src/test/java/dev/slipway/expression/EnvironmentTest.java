package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final Type METADATA =
            new Type.Struct(
                    "ObjectMeta",
                    Map.of(
                            "name", Type.TEXT,
                            "namespace", Type.TEXT,
                            "creationTimestamp", Type.TIMESTAMP,
                            "annotations", new Type.MapOf(Type.TEXT)));
    private static final Type SCHEMA =
            new Type.Struct(
                    "SimpleApp",
                    Map.of(
                            "metadata",
                            METADATA,
                            "spec",
                            new Type.Struct(
                                    "SimpleApp.spec",
                                    Map.of(
                                            "image", Type.TEXT,
                                            "port", Type.INT,
                                            "ratio", Type.DOUBLE,
                                            "when", Type.TIMESTAMP,
                                            "every", Type.DURATION,
                                            "a-b", Type.TEXT,
                                            "hosts", new Type.ListOf(Type.TEXT)))));
    private static final Type OPEN = new Type.Struct("Open", Map.of("known", Type.INT), true);

    private final Environment environment =
            Environment.builder()
                    .variable("schema", SCHEMA)
                    .variable("deployment", Type.DYNAMIC)
                    .variable("open", OPEN)
                    .build();

    @Test
    void givesTheTypeOfAnExpression() {
        assertThat(typeOf("schema.spec.image")).isEqualTo(Type.TEXT);
        assertThat(typeOf("schema.spec.port + 1")).isEqualTo(Type.INT);
        assertThat(typeOf("schema.metadata")).isEqualTo(METADATA);
        assertThat(typeOf("schema.spec.hosts.map(host, host.size())"))
                .isEqualTo(new Type.ListOf(Type.INT));
        assertThat(typeOf("deployment.status.x")).isEqualTo(Type.DYNAMIC);
        assertThat(typeOf("schema.spec.?image")).isEqualTo(new Type.OptionalOf(Type.TEXT));
        assertThat(typeOf("{'a': 1}")).isEqualTo(new Type.MapOf(Type.INT));
    }

    @Test
    void comparesNumbersOfAllTypesWhereTheyAreKnownOnlyThen() {
        var data = Map.<String, Object>of("deployment", Map.of("whole", 2L, "half", 0.5));
        assertThat(evaluate("deployment.whole > 1.0", data)).isEqualTo(new Value.Known(true));
        assertThat(evaluate("deployment.half >= 1", data)).isEqualTo(new Value.Known(false));
    }

    @Test
    void namesTheUndefinedField() {
        assertThat(errors("schema.spec.picture"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.message()).contains("undefined field 'picture'");
                    assertThat(error.column()).isEqualTo(12);
                });
    }

    @Test
    void suggestsTheFieldThatIsClose() {
        assertThat(errors("schema.spec.imgae").getFirst().message())
                .contains("did you mean 'image'?");
        assertThat(errors("schema.spec.picture").getFirst().message())
                .doesNotContain("did you mean");
    }

    @Test
    void namesTheUnknownIdentifier() {
        assertThat(errors("nobody.spec.image").getFirst().message())
                .isEqualTo("unknown identifier 'nobody'");
        assertThat(errors("shema.spec.image").getFirst().message())
                .contains("did you mean 'schema'?");
    }

    @Test
    void namesTheUnknownFunction() {
        assertThat(errors("frobnicate(1)").getFirst().message())
                .isEqualTo("unknown function 'frobnicate'");
    }

    @Test
    void reportsAllErrorsAtOnce() {
        assertThat(errors("nobody.x == schema.spec.picture\n  && schema.spec.port + 'a' == 2"))
                .extracting(ExpressionError::line)
                .containsExactly(1, 1, 2);
    }

    @Test
    void reportsASyntaxErrorWithItsPlace() {
        assertThat(errors("schema.spec."))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.line()).isEqualTo(1));
    }

    @Test
    void saysWhichOperatorDoesNotFit() {
        assertThat(errors("schema.spec.port + 'a'").getFirst().message())
                .isEqualTo("operator '+' does not take (int, string)");
    }

    @Test
    void readsReservedWordsAfterADot() {
        assertThat(
                        evaluate(
                                "schema.metadata.namespace",
                                Map.of("schema", Map.of("metadata", Map.of("namespace", "n")))))
                .isEqualTo(new Value.Known("n"));
    }

    @Test
    void readsFieldsWithEscapedAndQuotedNames() {
        Map<String, Object> data = Map.of("schema", Map.of("spec", Map.of("a-b", "yes")));
        assertThat(evaluate("schema.spec.a__dash__b", data)).isEqualTo(new Value.Known("yes"));
        assertThat(errors("schema.spec.`a-b`").getFirst().message())
                .contains("undefined field 'a-b', write a__dash__b");
        Map<String, Object> open = Map.of("open", Map.of("a-b", "yes"));
        assertThat(evaluate("open.`a-b`", open)).isEqualTo(new Value.Known("yes"));
        assertThat(evaluate("open.a__dash__b", open)).isInstanceOf(Value.Missing.class);
    }

    @Test
    void leavesUnknownFieldsOfOpenStructsToTheData() {
        assertThat(typeOf("open.other.deep")).isEqualTo(Type.DYNAMIC);
        assertThat(typeOf("open.known")).isEqualTo(Type.INT);
        assertThat(evaluate("open.other.deep", Map.of("open", Map.of("other", Map.of("deep", 7L)))))
                .isEqualTo(new Value.Known(7L));
    }

    @Test
    void collectsReferencesWithoutLocalVariables() {
        Expression expression =
                check(
                        "schema.spec.hosts.all(deployment, deployment == schema.spec.image)"
                                + " && cel.bind(open, 1, open == 1) && deployment.status[?'ready'].hasValue()");
        assertThat(expression.references())
                .containsExactly(
                        new Reference("schema", List.of("spec", "hosts")),
                        new Reference("schema", List.of("spec", "image")),
                        new Reference("deployment", List.of("status", "ready")));
        assertThat(expression.roots()).containsExactly("schema", "deployment");
    }

    @Test
    void countsBothArmsOfAConditionAndEndsPathsAtIndexes() {
        assertThat(check("schema.spec.port > 1 ? deployment.a[0].b : open.known").references())
                .contains(
                        new Reference("deployment", List.of("a")),
                        new Reference("open", List.of("known")));
    }

    @Test
    void convertsByTypes() {
        Map<String, Object> spec =
                Map.of("ratio", 2L, "when", "2026-01-02T03:04:05.678Z", "every", "90m");
        Map<String, Object> data = Map.of("schema", Map.of("spec", spec));
        assertThat(evaluate("schema.spec.ratio / 4.0", data)).isEqualTo(new Value.Known(0.5));
        assertThat(evaluate("schema.spec.when", data))
                .isEqualTo(new Value.Known("2026-01-02T03:04:05.678Z"));
        assertThat(evaluate("string(schema.spec.when)", data))
                .isEqualTo(new Value.Known("2026-01-02T03:04:05.678Z"));
        assertThat(evaluate("schema.spec.when + schema.spec.every", data))
                .isEqualTo(new Value.Known("2026-01-02T04:34:05.678Z"));
        assertThat(evaluate("schema.spec.every", data)).isEqualTo(new Value.Known("1h30m0s"));
        assertThat(evaluate("schema.spec", data)).isEqualTo(new Value.Known(spec));
    }

    @Test
    void leavesOutWhereTheAuthorSaysSo() {
        var text = "has(schema.spec.image) ? schema.spec.image : omit()";
        assertThat(typeOf(text)).isEqualTo(Type.TEXT);
        assertThat(evaluate(text, Map.of("schema", Map.of("spec", Map.of("image", "a")))))
                .isEqualTo(new Value.Known("a"));
        assertThat(evaluate(text, Map.of("schema", Map.of("spec", Map.of()))))
                .isEqualTo(new Value.Known(null));
        assertThat(environment.check(text))
                .isInstanceOfSatisfying(
                        Expression.class, expression -> assertThat(expression.omits()).isTrue());
    }

    @Test
    void refusesToOmitAPartOfAValue() {
        for (var text :
                List.of(
                        "omit() + 'x'",
                        "[omit()]",
                        "{'a': omit()}",
                        "omit() == 1",
                        "size(omit())")) {
            assertThat(errors(text))
                    .anySatisfy(error -> assertThat(error.message()).contains("omit()"));
        }
    }

    @Test
    void failsOnDataThatAreNotWhatTheTypeSays() {
        assertThat(
                        evaluate(
                                "schema.spec.port + 1",
                                Map.of("schema", Map.of("spec", Map.of("port", "eighty")))))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed ->
                                assertThat(failed.message()).contains("expected int, got string"));
    }

    @Test
    void saysWhichDataAreMissing() {
        assertThat(evaluate("deployment.status.ready", Map.of()))
                .isEqualTo(new Value.Missing("deployment", "deployment is not there yet"));
        assertThat(
                        evaluate(
                                "deployment.status.ready",
                                Map.of("deployment", Map.of("status", Map.of()))))
                .isEqualTo(
                        new Value.Missing(
                                "deployment.status.ready",
                                "deployment.status.ready is not there yet"));
        assertThat(
                        evaluate(
                                "deployment.items[3]",
                                Map.of("deployment", Map.of("items", List.of()))))
                .isInstanceOf(Value.Missing.class);
    }

    @Test
    void failsForGoodWhereWaitingDoesNotHelp() {
        assertThat(evaluate("deployment.a.b", Map.of("deployment", Map.of("a", "text"))))
                .isInstanceOf(Value.Failed.class);
        assertThat(evaluate("1 / 0", Map.of())).isInstanceOf(Value.Failed.class);
        assertThat(evaluate("int('x')", Map.of())).isInstanceOf(Value.Failed.class);
        assertThat(evaluate("b'x'", Map.of()))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("base64.encode"));
    }

    @Test
    void treatsNullAsAbsentInTypedObjectsOnly() {
        Map<String, Object> spec = new java.util.HashMap<>();
        spec.put("image", null);
        assertThat(evaluate("open.image == null", Map.of("open", spec)))
                .isEqualTo(new Value.Known(true));
        assertThat(evaluate("has(schema.spec.image)", Map.of("schema", Map.of("spec", spec))))
                .isEqualTo(new Value.Known(false));
        assertThat(evaluate("deployment.image == null", Map.of("deployment", spec)))
                .isEqualTo(new Value.Known(true));
    }

    @Test
    void stopsALoopThatIsTooLong() {
        assertThat(
                        evaluate(
                                "lists.range(1000).all(a, lists.range(1000).all(b, a + b >= 0))",
                                Map.of()))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed -> assertThat(failed.message()).contains("limit"));
    }

    @Test
    void stopsATextThatGrowsWithoutEnd() {
        StringBuilder source = new StringBuilder("cel.bind(a0, 'xxxxxxxxxxxxxxxx', ");
        for (int level = 1; level < 40; level++) {
            source.append("cel.bind(a%d, a%d + a%d, ".formatted(level, level - 1, level - 1));
        }
        source.append("a39").append(")".repeat(40));
        assertThat(evaluate(source.toString(), Map.of()))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed ->
                                assertThat(failed.message()).contains("makes a text of more than"));
    }

    @Test
    void refusesASourceThatIsTooLong() {
        assertThat(
                        errors("'" + "x".repeat(Environment.MAXIMAL_SOURCE_LENGTH) + "'")
                                .getFirst()
                                .message())
                .contains("longer than 32768 characters");
    }

    @Test
    void addsAVariableForOneScope() {
        Environment inner = environment.with("each", Type.INT);
        assertThat(inner.check("each + 1")).isInstanceOf(Expression.class);
        assertThat(environment.check("each + 1")).isInstanceOf(Checked.Rejected.class);
    }

    private Expression check(String source) {
        return switch (environment.check(source)) {
            case Expression expression -> expression;
            case Checked.Rejected(var errors) -> throw new AssertionError(source + ": " + errors);
        };
    }

    private Type typeOf(String source) {
        return check(source).resultType();
    }

    private Value evaluate(String source, Map<String, Object> data) {
        return check(source).evaluate(data);
    }

    private List<ExpressionError> errors(String source) {
        return switch (environment.check(source)) {
            case Expression expression -> throw new AssertionError("accepted: " + expression);
            case Checked.Rejected(var errors) -> errors;
        };
    }
}
