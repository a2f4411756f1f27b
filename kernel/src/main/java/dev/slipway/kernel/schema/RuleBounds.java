package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many rules one definition may have: each takes milliseconds to compile, and others wait meanwhile.
public final class RuleBounds {
    /// How many rules.
    static final int MAX_RULES = 2_500;

    /// How many characters all of them may have together.
    static final int MAX_SOURCES = 500_000;

    private static final List<String> SOURCES = List.of("rule", "messageExpression");

    private int rules;
    private int characters;

    private RuleBounds() {}

    /// What is too much in what a definition says.
    ///
    /// @param definition its versions, or any other part
    public static Optional<FieldCause> exceeded(Object definition, String field) {
        var counted = new RuleBounds();
        counted.walk(definition);
        return counted.rules > MAX_RULES || counted.characters > MAX_SOURCES
                ? Optional.of(counted.tooMany(field))
                : Optional.empty();
    }

    private void walk(@Nullable Object tree) {
        switch (tree) {
            case Map<?, ?> map -> {
                count(map);
                map.values().forEach(this::walk);
            }
            case List<?> list -> list.forEach(this::walk);
            case null, default -> {}
        }
    }

    private void count(Map<?, ?> schema) {
        for (var rule : Json.list(Json.cast(schema), Rules.KEYWORD)) {
            rules++;
            for (var source : SOURCES) {
                characters +=
                        rule instanceof Map<?, ?> one
                                ? Json.string(Json.cast(one), source).length()
                                : 0;
            }
        }
    }

    private FieldCause tooMany(String field) {
        return new FieldCause(
                "FieldValueTooMany",
                field,
                "Too many: %d rules of %d characters in x-kubernetes-validations: a definition may have %d of %d"
                        .formatted(rules, characters, MAX_RULES, MAX_SOURCES));
    }
}
