package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.SimpleType;
import java.util.List;

/// Values as JSON text and back.
final class JsonFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.global(
                            "json.marshal",
                            SimpleType.STRING,
                            DYN,
                            value -> new JsonWriter().write(value)),
                    Function.global(
                            "json.unmarshal",
                            SimpleType.DYN,
                            TEXT,
                            text -> new JsonReader(text).read()));

    private JsonFunctions() {}
}
