package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TEXT_LIST;

import dev.cel.common.types.OpaqueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Forms of texts by their names, and whether a text has one.
final class NamedFormatFunctions {
    private static final Parameter<NamedFormat> FORMAT =
            new Parameter<>(OpaqueType.create("kubernetes.NamedFormat"), NamedFormat.class);

    static final List<Function> ALL =
            Stream.concat(
                            Arrays.stream(NamedFormat.values())
                                    .map(format ->
                                            Function.constant(
                                                    "format." + format.inRules(),
                                                    FORMAT.type(),
                                                    format)),
                            Stream.of(
                                    Function.global(
                                            "format.named",
                                            Parameter.optional(FORMAT.type()),
                                            TEXT,
                                            NamedFormat::named),
                                    Function.member(
                                            "validate",
                                            Parameter.optional(TEXT_LIST),
                                            FORMAT,
                                            TEXT,
                                            NamedFormatFunctions::validate)))
                    .toList();

    private NamedFormatFunctions() {}

    /// The problems; none where there are none.
    private static Optional<List<String>> validate(NamedFormat format, String text) {
        return Optional.of(format.problems(text)).filter(problems -> !problems.isEmpty());
    }
}
