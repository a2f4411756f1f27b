package dev.slipway.kernel.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":1}        | [{"op":"add","path":"/b","value":2}]                         | {"a":1,"b":2}
                    {"a":[1,3]}    | [{"op":"add","path":"/a/1","value":2}]                       | {"a":[1,2,3]}
                    {"a":[1]}      | [{"op":"add","path":"/a/-","value":2}]                       | {"a":[1,2]}
                    {"a":[1]}      | [{"op":"add","path":"/a/-1","value":2}]                      | {"a":[1,2]}
                    {"a":[1,3]}    | [{"op":"add","path":"/a/-2","value":2}]                      | {"a":[1,2,3]}
                    {"a":[1,3]}    | [{"op":"add","path":"/a/01","value":2}]                      | {"a":[1,2,3]}
                    {"a":[1,2]}    | [{"op":"remove","path":"/a/-1"}]                             | {"a":[1]}
                    {"a":[1,2]}    | [{"op":"replace","path":"/a/-2","value":3}]                  | {"a":[3,2]}
                    {"a":[1,2]}    | [{"op":"move","from":"/a/-1","path":"/a/0"}]                 | {"a":[2,1]}
                    {"a":1}        | [{"op":"remove","path":"/a"}]                                | {}
                    {"a":[1,2]}    | [{"op":"remove","path":"/a/0"}]                              | {"a":[2]}
                    {"a":[1,2]}    | [{"op":"replace","path":"/a/0","value":3}]                   | {"a":[3,2]}
                    {"a":1}        | [{"op":"replace","path":"/b","value":2}]                     | {"a":1,"b":2}
                    {"a":1}        | [{"op":"add","path":"/a"}]                                   | {"a":null}
                    {"a":{"b":1}}  | [{"op":"move","from":"/a/b","path":"/c"}]                    | {"a":{},"c":1}
                    {"a":{"b":1}}  | [{"op":"copy","from":"/a","path":"/c"}]                      | {"a":{"b":1},"c":{"b":1}}
                    {"a/b":{"~":1}}| [{"op":"replace","path":"/a~1b/~0","value":2}]               | {"a/b":{"~":2}}
                    {"a":1}        | [{"op":"test","path":"/a","value":1.0},{"op":"remove","path":"/a"}] | {}
                    {"a":1}        | [{"op":"test","path":"/b","value":null}]                     | {"a":1}
                    {"a":1}        | [{"op":"add","path":"","value":[]}]                          | []
                    {"a":1}        | []                                                           | {"a":1}
                    """)
    void appliesOperations(String document, String patch, String expected) {
        assertThat(JsonPatch.apply(tree(document), list(patch))).isEqualTo(tree(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"test\",\"path\":\"/a\",\"value\":9}]",
                "[{\"op\":\"test\",\"path\":\"/x/y\",\"value\":9}]",
                "[{\"op\":\"remove\",\"path\":\"/b\"}]",
                "[{\"op\":\"remove\",\"path\":\"/list/2\"}]",
                "[{\"op\":\"remove\",\"path\":\"\"}]",
                "[{\"op\":\"add\",\"path\":\"/b/c\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"/list/3\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"/list/-4\",\"value\":1}]",
                "[{\"op\":\"remove\",\"path\":\"/list/-3\"}]",
                "[{\"op\":\"remove\",\"path\":\"/list/-\"}]",
                "[{\"op\":\"remove\",\"path\":\"/list/1.0\"}]",
                "[{\"op\":\"add\",\"path\":\"/list/99999999999\",\"value\":1}]",
                "[{\"op\":\"copy\",\"from\":\"/b\",\"path\":\"/c\"}]",
                "[{\"op\":\"explode\",\"path\":\"/a\"}]",
                "[{\"path\":\"/a\"}]",
                "[{\"op\":\"remove\"}]",
                "[{\"op\":\"remove\",\"path\":\"a\"}]",
                "[7]"
            })
    void refusesAnOperationThatFails(String patch) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JsonPatch.apply(tree("{\"a\":1,\"list\":[1,2]}"), list(patch)))
                .satisfies(e -> assertThat(e.problem().reason()).isEqualTo(Reason.INVALID))
                .withMessage("the server rejected our request due to an error in our request");
    }

    @Test
    void leavesTheDocumentAlone() {
        var document = tree("{\"a\":{\"b\":[1]}}");
        JsonPatch.apply(
                document,
                list(
                        """
                        [{"op":"add","path":"/a/b/-","value":2},{"op":"remove","path":"/a/b/0"}]
                        """));
        assertThat(document).isEqualTo(tree("{\"a\":{\"b\":[1]}}"));
    }

    @Test
    void keepsCopiesApart() {
        var patched =
                JsonPatch.apply(
                        tree("{\"a\":{\"b\":1}}"),
                        list(
                                """
                                [{"op":"copy","from":"/a","path":"/c"},{"op":"add","path":"/c/b","value":2}]
                                """));
        assertThat(patched).isEqualTo(tree("{\"a\":{\"b\":1},\"c\":{\"b\":2}}"));
    }

    @Test
    void refusesMoreOperationsThanAllowed() {
        Object test = Map.of("op", "add", "path", "/a", "value", 1L);
        var most = Collections.nCopies(JsonPatch.MAX_OPERATIONS, test);
        assertThat(JsonPatch.apply(tree("{}"), most)).isEqualTo(tree("{\"a\":1}"));

        var tooMany = Collections.nCopies(JsonPatch.MAX_OPERATIONS + 1, test);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JsonPatch.apply(tree("{}"), tooMany))
                .withMessage(
                        "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001");
    }

    @Test
    void endsDoublingByCopies() {
        var operations = new ArrayList<Object>();
        for (int i = 0; i < 100; i++) {
            operations.add(Map.of("op", "copy", "from", "", "path", "/x" + i));
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JsonPatch.apply(tree("{\"a\":1}"), operations))
                .satisfies(e -> assertThat(e.problem().reason()).isEqualTo(Reason.TOO_LARGE));
    }

    private static Object tree(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Object> list(String json) {
        return Json.castList((List<?>) tree(json));
    }
}
