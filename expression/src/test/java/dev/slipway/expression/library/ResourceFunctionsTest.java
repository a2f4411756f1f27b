package dev.slipway.expression.library;

import static dev.slipway.expression.library.LibraryTesting.assertFails;
import static dev.slipway.expression.library.LibraryTesting.assertGives;
import static dev.slipway.expression.library.LibraryTesting.assertRejected;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceFunctionsTest {
    @Test
    void makesTheSameChanceFromTheSameSeed() {
        assertGives("random.seededString(10, 'my-app')", "8qejs8ek8q");
        assertGives("random.seededString(24, 's')", "7pawl8mh7pawl8mh7pawl8mh");
        assertGives("random.seededString(5, '')", "ew0w8");
        assertGives("random.seededInt(30000, 32768, 'my-app')", 30598L);
        assertGives("random.seededInt(0, 100, 's')", 61L);
        assertGives("random.seededInt(-5, 5, 'x')", 1L);
    }

    @Test
    void refusesEmptyRangesAndEndlessTexts() {
        assertFails("random.seededString(0, 's')", "positive");
        assertFails("random.seededString(1000000, 's')", "at most");
        assertFails("random.seededInt(5, 5, 's')", "min must be less than max");
    }

    @Test
    void digestsText() {
        assertGives(
                "base64.encode(hash.sha256('a'))", "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=");
        assertGives("base64.encode(hash.fnv64a('hello world'))", "d5pl5wI80uc=");
        assertGives("base64.encode(hash.md5('hello'))", "XUFAKrxLKna5cZ2REBfFkg==");
    }

    @Test
    void writesJsonWithSortedKeys() {
        assertGives("json.marshal({'b': 1, 'a': [1.0, 2.5]})", "{\"a\":[1,2.5],\"b\":1}");
        assertGives("json.marshal('<&\\n\\u0001')", "\"\\u003c\\u0026\\n\\u0001\"");
        assertGives(
                "json.marshal([null, true, 1e21, 1e-7, duration('90s'), b'abc'])",
                "[null,true,1e+21,1e-7,\"1m30s\",\"YWJj\"]");
        assertGives("json.marshal(dynamic)", "{\"numbers\":[3,1,2],\"text\":\"abc\"}");
        assertFails("json.marshal({1: 2})", "keys must be strings");
        assertFails("json.marshal(0.0 / 0.0)", "unsupported value");
    }

    @Test
    void readsJson() {
        assertGives(
                "json.unmarshal('{\"a\": [1, -2.5e1, \"x\\\\u00e9\", null, true]}')",
                Map.of("a", java.util.Arrays.asList(1L, -25L, "xé", null, true)));
        assertGives("json.unmarshal('{\"a\": 1}').?b.orValue('none')", "none");
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text :
                List.of(
                        "",
                        "{} x",
                        "01",
                        "NaN",
                        "{\"a\" 1}",
                        "[1,]",
                        "\"a",
                        "\"\\\\x\"",
                        "// c",
                        "tru")) {
            assertFails("json.unmarshal('" + text + "')", "json.unmarshal");
        }
        assertFails("json.unmarshal('" + "[".repeat(300) + "')", "deeper than 200");
    }

    @Test
    void laysMapsOverMaps() {
        assertGives("{'a': 1, 'b': 2}.merge({'b': 3})", Map.of("a", 1L, "b", 3L));
        assertGives(
                "{'a': {'x': 1, 'y': [1]}}.deepMerge({'a': {'y': [2], 'z': 3}})",
                Map.of("a", Map.of("x", 1L, "y", List.of(2L), "z", 3L)));
        assertFails("dyn(1).deepMerge({'a': 1})", "deepMerge");
    }

    @Test
    void editsLists() {
        assertGives("lists.setAtIndex([1, 2], 1, 5)", List.of(1L, 5L));
        assertGives("lists.insertAtIndex([1, 2], 2, 5)", List.of(1L, 2L, 5L));
        assertGives("lists.removeAtIndex(dynamic.numbers, 0)", List.of(1L, 2L));
        assertFails("lists.setAtIndex([1], 1, 5)", "out of bounds");
        assertRejected("lists.setAtIndex('x', 1, 5)", "lists.setAtIndex");
    }
}
