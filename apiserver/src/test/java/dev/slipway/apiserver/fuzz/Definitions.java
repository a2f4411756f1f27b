package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.schema.Rules;
import dev.slipway.kernel.schema.SchemaReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Definitions of kinds, their schemas, and the rules in them.
final class Definitions {
    private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final List<String> KEYWORDS =
            List.of(
                    "type",
                    "properties",
                    "items",
                    "required",
                    "enum",
                    "default",
                    "pattern",
                    "maxLength",
                    "minimum",
                    "maxItems",
                    "additionalProperties",
                    "nullable",
                    "format",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "not",
                    "x-kubernetes-validations",
                    "x-kubernetes-list-type",
                    "x-kubernetes-list-map-keys",
                    "x-kubernetes-map-type",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-int-or-string",
                    "x-kubernetes-embedded-resource",
                    "rule",
                    "message",
                    "messageExpression",
                    "fieldPath",
                    "reason",
                    "optionalOldSelf",
                    "spec",
                    "name",
                    "multipleOf",
                    "$ref",
                    "metadata",
                    "versions",
                    "names",
                    "scope",
                    "conversion",
                    "selectableFields",
                    "jsonPath",
                    "additionalPrinterColumns",
                    "uniqueItems",
                    "definitions");
    private static final List<Object> MEANINGS =
            List.of(
                    "object",
                    "array",
                    "string",
                    "integer",
                    "number",
                    "boolean",
                    "null",
                    true,
                    false,
                    0L,
                    -1L,
                    1L,
                    1e308,
                    Long.MAX_VALUE,
                    "map",
                    "set",
                    "atomic",
                    "date-time",
                    "int32",
                    "byte",
                    "^(a+)+$",
                    "(",
                    "self.size > 1",
                    "self == oldSelf",
                    "self.all(x, x == 1)",
                    ".spec.size",
                    "name",
                    "FieldValueInvalid",
                    "'a' + self.name",
                    "",
                    "uuid",
                    "#/definitions/x",
                    "Cluster",
                    "Webhook",
                    "None");
    private static final List<String> TOKENS =
            List.of(
                    "self",
                    ".",
                    "size",
                    "name",
                    "items",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    " ",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "&&",
                    "||",
                    "!",
                    "==",
                    "<",
                    "in",
                    "?",
                    ":",
                    "1",
                    "0",
                    "2.5",
                    "'a'",
                    "b'x'",
                    "null",
                    "true",
                    "all",
                    "exists",
                    "map",
                    "filter",
                    "x",
                    "y",
                    "x, x",
                    "has",
                    "type",
                    "string",
                    "int",
                    "duration",
                    "timestamp",
                    "matches",
                    "split",
                    "join",
                    "replace",
                    "lists.range",
                    "sum",
                    "sort",
                    "sortBy",
                    "flatten",
                    "quantity",
                    "url",
                    "ip",
                    "cidr",
                    "semver",
                    "format",
                    "format.named",
                    "'%s %d'",
                    "9223372036854775807",
                    "1u",
                    "orValue",
                    ".?",
                    "optional.of",
                    "optional.none()",
                    "transformMap",
                    "dyn",
                    "oldSelf",
                    "'",
                    "\"",
                    "`a-b`",
                    "\n",
                    "//",
                    "0x1F",
                    "getHours",
                    "substring",
                    "find",
                    "'(a+)+'",
                    "distinct",
                    "sets.contains");
    private static final Map<String, Object> VALUE =
            Json.cast(
                    (Map<?, ?>)
                            Yaml.read(
                                    "{size: 3, name: abc, items: [{name: a}, {name: b}], tags: [x, 'y'], labels: {a: b}}"
                                            .getBytes(StandardCharsets.UTF_8)));
    private static final String SCHEMA =
            """
            {type: object, properties: {size: {type: integer}, name: {type: string},
             items: {type: array, items: {type: object, properties: {name: {type: string}}}},
             tags: {type: array, items: {type: string}},
             labels: {type: object, additionalProperties: {type: string}}}}\
            """;

    private final Door door;

    Definitions(Door door) {
        this.door = door;
    }

    void schema(Input input) {
        switch (input) {
            case Input.Written written -> define(written.body(), VALUE);
            case Input.Grown(var choices) -> {
                var trees = new Trees(choices, KEYWORDS, MEANINGS);
                var tree = (Map<?, ?>) Yaml.read(Thing.DEFINITION.getBytes(StandardCharsets.UTF_8));
                define(Patches.bytes(trees.changed(tree)), new Trees(choices).object());
            }
        }
    }

    private void define(byte[] definition, Map<String, Object> value) {
        door.prepare(Thing.CONFIG_MAP.manifest());
        var answer = door.send("POST", PATH, Door.NO_QUERY, "application/yaml", definition);
        if (!answer.isDone()) {
            return;
        }
        door.settle();
        var name = String.valueOf(Json.at(answer.body(), "metadata", "name"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "example.com/v1");
        object.put("kind", "Widget");
        object.put("metadata", Map.of("name", "web"));
        object.put("spec", value);
        var body = Patches.bytes(object);
        var path = Thing.WIDGET.collection();
        door.send("POST", path, Door.NO_QUERY, Door.JSON, body);
        door.send("PUT", path + "/web", Door.NO_QUERY, Door.JSON, body);
        door.send("GET", "/openapi/v3/apis/example.com/v1", Door.NO_QUERY, "", new byte[0]);
        door.send("DELETE", PATH + "/" + name, Door.NO_QUERY, "", new byte[0]);
        door.settle();
        door.send("PUT", PATH + "/" + name, Door.NO_QUERY, Door.JSON, gone(answer.body()));
        door.settle();
    }

    /// What still keeps it is let go, so that the next one finds the place free.
    private static byte[] gone(Map<String, Object> definition) {
        Map<String, Object> free = new LinkedHashMap<>(definition);
        free.put(
                "metadata",
                Map.of("name", String.valueOf(Json.at(definition, "metadata", "name"))));
        return Patches.bytes(free);
    }

    void rule(Input input) {
        switch (input) {
            case Input.Written written -> rule(written.text());
            case Input.Grown(var choices) -> {
                var text = new StringBuilder();
                while (!choices.isEmpty() && text.length() < 2_000) {
                    text.append(choices.oneIn(24) ? choices.text(10) : choices.of(TOKENS));
                }
                rule(text.toString());
            }
        }
    }

    private static void rule(String source) {
        Map<String, Object> raw =
                new LinkedHashMap<>(
                        Json.cast((Map<?, ?>) Yaml.read(SCHEMA.getBytes(StandardCharsets.UTF_8))));
        raw.put(
                "x-kubernetes-validations",
                List.of(Map.of("rule", source, "message", "m", "messageExpression", source)));
        var schema = SchemaReader.read(raw);
        try {
            Rules.problems(schema, false, "schema", "");
            Rules.of(schema).check(VALUE, Optional.of(VALUE), List.of());
            Rules.of(schema).check(VALUE, Optional.of(Map.of("size", 4L)), List.of());
        } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
            throw new AssertionError("fails over the rule " + source, e);
        }
    }
}
