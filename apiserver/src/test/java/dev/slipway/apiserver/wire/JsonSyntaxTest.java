package dev.slipway.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonSyntaxTest {
    @Test
    void tellsWhereADocumentGoesWrong() {
        assertProblem("", "unexpected end of JSON input");
        assertProblem("{", "unexpected end of JSON input");
        assertProblem("{\"a\":[1", "unexpected end of JSON input");
        assertProblem("x", "invalid character 'x' looking for beginning of value");
        assertProblem("{a}", "invalid character 'a' looking for beginning of object key string");
        assertProblem("{\"a\" 1}", "invalid character '1' after object key");
        assertProblem("{\"a\":1 2}", "invalid character '2' after object key:value pair");
        assertProblem("[1 2]", "invalid character '2' after array element");
        assertProblem("{} x", "invalid character 'x' after top-level value");
        assertProblem("trux", "invalid character 'x' in literal true (expecting 'e')");
        assertProblem("[01]", "invalid character '1' after array element");
        assertProblem("1.x", "invalid character 'x' after decimal point in numeric literal");
        assertProblem("\"\n\"", "invalid character '\\n' in string literal");
        assertProblem("\"\\x\"", "invalid character 'x' in string escape code");
    }

    @Test
    void showsBytesThatAreNoLetters() {
        assertThat(JsonSyntax.problem(new byte[] {(byte) 0x9e}, ""))
                .isEqualTo("invalid character '\\u009e' looking for beginning of value");
    }

    @Test
    void hasNothingToSayOfRightSyntax() {
        assertProblem("{\"a\":[1,-2.5e+3,\"\\u00e4\",null,true,{}]}", "otherwise");
    }

    @Test
    void showsTheBeginningOfADocument() {
        assertThat(JsonSyntax.excerpt(bytes("{\"a\": 1}"), 30)).isEqualTo("{\"a\": 1}");
        assertThat(JsonSyntax.excerpt(bytes("{\"a\": 1}"), 4)).isEqualTo("{\"a\" ...");
        assertThat(JsonSyntax.excerpt(bytes("[]"), 30)).isEqualTo("5b5d");
        assertThat(JsonSyntax.excerpt(bytes(""), 30)).isEqualTo("<empty>");
    }

    private static void assertProblem(String document, String problem) {
        assertThat(JsonSyntax.problem(bytes(document), "otherwise"))
                .as(document)
                .isEqualTo(problem);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
