package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of words that do not exist, where they stand, and what may have been meant.
class IssuesTest {
    private static final Environment TEMPLATES =
            Environment.builder()
                    .variable(
                            "schema",
                            struct(
                                    "schema",
                                    Map.of(
                                            "spec",
                                            struct(
                                                    "schema.spec",
                                                    Map.of(
                                                            "name", Type.TEXT,
                                                            "a-b", Type.INT,
                                                            "names", new Type.ListOf(Type.TEXT))))))
                    .libraries(Library.TEMPLATES)
                    .build();

    private static Type struct(String name, Map<String, Type> fields) {
        return new Type.Struct(name, new LinkedHashMap<>(fields), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    lists.rnage(3)                         | 1:1: unknown function 'lists.rnage', did you mean 'lists.range'?
                    lsts.range(3)                          | 1:1: unknown function 'lsts.range', did you mean 'lists.range'?
                    1 + size_(schema.spec.name)            | 1:5: unknown function 'size_', did you mean 'size'?
                    schema.spec.name.lowerAsci()           | 1:18: unknown function 'lowerAsci', did you mean 'lowerAscii'?
                    lowerAsci(schema.spec.name)            | 1:1: unknown function 'lowerAsci', did you mean '….lowerAscii()'?
                    schema.spec.name.quantiti()            | 1:18: unknown function 'quantiti', did you mean 'quantity(…)'?
                    lowerAscii(schema.spec.name)           | 1:1: function 'lowerAscii' does not take (string), write ….lowerAscii()
                    schema.spec.name.quantity()            | 1:18: function 'quantity' does not take string.(), write quantity(…)
                    schema.spec.names.mapp(x, x + 'a')     | 1:19: unknown function 'mapp', did you mean 'map'?
                    cel.bnd(x, 1, x)                       | 1:1: unknown function 'cel.bnd', did you mean 'cel.bind'?
                    schema.spec.names.exists(x, y, z, 1)   | 1:19: function 'exists' does not take 4 arguments / 1:32: unknown identifier 'z'
                    [1].map(item, itm + 1)                 | 1:15: unknown identifier 'itm', did you mean 'item'?
                    scheme.lowerAsci()                     | 1:1: unknown identifier 'scheme', did you mean 'schema'? / 1:8: unknown function 'lowerAsci', did you mean 'lowerAscii'?
                    math.greatest(1, 2)                    | 1:1: unknown function 'math.greatest'
                    schema.spec.?nmae                      | 1:12: undefined field 'nmae', did you mean 'name'?
                    schema.spec["a-b"]                     | 1:12: fields of schema.spec are read by name: write schema.spec.a__dash__b
                    schema.spec[?"a-b"]                    | 1:12: fields of schema.spec are read by name: write schema.spec.?a__dash__b
                    schema.spec["nmae"]                    | 1:12: undefined field 'nmae', did you mean 'name'?
                    schema.spec[schema.spec.name]          | 1:12: operator '[]' does not take (schema.spec, string)
                    """)
    void tellsWhatMayHaveBeenMeant(String source, String told) {
        assertThat(told(source)).isEqualTo(told);
    }

    @Test
    void pointsAtTheNameOfAFunctionInALaterLine() {
        assertThat(told("schema.spec.name +\n  '€😀' + lowerAsci (schema.spec.name)"))
                .startsWith("2:10: unknown function 'lowerAsci'");
    }

    /// A name that nobody knows would be worse than none.
    @Test
    void suggestsOnlyWhatThereIs() {
        for (var libraries : List.of(Library.TEMPLATES, Library.RULES, Library.POLICIES)) {
            var environment =
                    Environment.builder().variable("x", Type.DYNAMIC).libraries(libraries).build();
            var vocabulary = Library.vocabulary(libraries);
            vocabulary.alone().forEach(name -> checkKnown(environment, name, name));
            vocabulary.members().forEach(name -> checkKnown(environment, name, "x." + name));
        }
    }

    private static void checkKnown(Environment environment, String name, String called) {
        if (!Vocabulary.givesNames(name)) {
            assertThat(environment.check(called + "(x)").toString())
                    .doesNotContain("unknown function");
        }
    }

    private static String told(String source) {
        return TEMPLATES.check(source) instanceof Checked.Rejected(var errors)
                ? errors.stream().map(Object::toString).collect(Collectors.joining(" / "))
                : "";
    }
}
