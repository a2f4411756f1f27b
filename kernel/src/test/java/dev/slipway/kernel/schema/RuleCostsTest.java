package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleCostsTest {
    private static final String ADVICE =
            " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";

    private static List<String> causes(String field) {
        var schema =
                "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"f\":"
                        + field
                        + "}}}}";
        var read =
                SchemaReader.read(
                        Json.cast((Map<?, ?>) Json.read(schema.getBytes(StandardCharsets.UTF_8))));
        return RuleCosts.check(read, "schema").stream().map(FieldCause::toString).toList();
    }

    @Test
    void takesWhatIsBounded() {
        assertThat(
                        causes(
                                """
                                {"type":"array","maxItems":100,"items":{"type":"string","maxLength":20},
                                 "x-kubernetes-validations":[{"rule":"self.all(a, self.exists_one(b, a == b))"}]}\
                                """))
                .isEmpty();
    }

    @Test
    void countsBytesAndNotLetters() {
        var rule =
                """
                {"type":"array","maxItems":1000,"items":{"type":"string","maxLength":%d},
                 "x-kubernetes-validations":[{"rule":"self.all(a, self.all(b, a == b))"}]}\
                """;
        assertThat(causes(rule.formatted(5))).isEmpty();
        assertThat(causes(rule.formatted(13)))
                .containsExactly(
                        "schema.properties[spec].properties[f].x-kubernetes-validations[0].rule:"
                                + " Forbidden: estimated rule cost exceeds budget by factor of 1.100500x"
                                + ADVICE);
    }

    @Test
    void takesTheRequestForTheBoundWhereThereIsNone() {
        assertThat(
                        causes(
                                """
                                {"type":"array","items":{"type":"object","properties":{"s":{"type":"string",
                                 "x-kubernetes-validations":[{"rule":"self.contains('abc')"}]}}}}\
                                """))
                .containsExactly(
                        "schema.properties[spec].properties[f].items.properties[s].x-kubernetes-validations[0].rule:"
                                + " Forbidden: estimated rule cost exceeds budget by factor of more than 100x"
                                + ADVICE,
                        "schema.properties[spec].properties[f].items.properties[s].x-kubernetes-validations[0].rule:"
                                + " Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema",
                        "schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
                                + " exceeds budget by factor of more than 100x"
                                + ADVICE);
    }

    @Test
    void weighsMessagesToo() {
        assertThat(
                        causes(
                                """
                                {"type":"array","items":{"type":"string"},"x-kubernetes-validations":[
                                 {"rule":"self.size() < 9","messageExpression":"self.join(',')"}]}\
                                """))
                .first()
                .asString()
                .startsWith(
                        "schema.properties[spec].properties[f].x-kubernetes-validations[0].messageExpression:"
                                + " Forbidden: estimated messageExpression cost exceeds budget by factor of more than 100x");
    }
}
