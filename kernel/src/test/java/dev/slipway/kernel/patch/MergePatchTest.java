package dev.slipway.kernel.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":1}             | {"b":2}                  | {"a":1,"b":2}
                    {"a":1}             | {"a":null}               | {}
                    {"a":{"b":1,"c":2}} | {"a":{"b":null,"d":3}}   | {"a":{"c":2,"d":3}}
                    {"a":[1,2]}         | {"a":[3]}                | {"a":[3]}
                    {"a":1}             | {"a":{"b":null,"c":1}}   | {"a":{"c":1}}
                    {}                  | {"a":{"b":{"c":null}}}   | {"a":{"b":{}}}
                    {"a":{"b":1}}       | {"a":1}                  | {"a":1}
                    {}                  | {"a":[1,null]}           | {"a":[1,null]}
                    {"a":1}             | {}                       | {"a":1}
                    """)
    void merges(String original, String patch, String expected) {
        assertThat(MergePatch.apply(Json.readObject(original), Json.readObject(patch)))
                .isEqualTo(Json.readObject(expected));
    }

    @Test
    void leavesTheOriginalAlone() {
        var original = Json.readObject("{\"a\":{\"b\":1}}");
        MergePatch.apply(original, Json.readObject("{\"a\":{\"b\":null}}"));
        assertThat(original).isEqualTo(Json.readObject("{\"a\":{\"b\":1}}"));
    }
}
