package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The check of one value against the alternatives that its schema names: `allOf`, `anyOf`, `oneOf`, `not`.
///
/// @param causes where problems are added
/// @param path where the value stands
record Junctors(List<FieldCause> causes, Place path) {
    /// Branches are parts of schemas as they were written.
    private static final Remembered<Map<?, ?>, Schema> READ =
            new Remembered<>(branch -> SchemaReader.read(Json.cast(branch)));

    void check(@Nullable Object value, Schema schema) {
        var raw = schema.raw();
        if (raw.containsKey("allOf")) {
            allOf(branches(value, raw, "allOf"));
        }
        if (raw.containsKey("anyOf")) {
            anyOf(branches(value, raw, "anyOf"));
        }
        if (raw.containsKey("oneOf") && !schema.intOrString()) {
            oneOf(branches(value, raw, "oneOf"));
        }
        if (raw.get("not") instanceof Map<?, ?> not && branch(value, not).isEmpty()) {
            problem("must not validate the schema (not)");
        }
    }

    private void allOf(List<List<FieldCause>> branches) {
        var failed = branches.stream().filter(branch -> !branch.isEmpty()).toList();
        if (failed.isEmpty()) {
            return;
        }
        problem(
                "must validate all the schemas (allOf)"
                        + (failed.size() == branches.size() ? ". None validated" : ""));
        failed.forEach(causes::addAll);
    }

    private void anyOf(List<List<FieldCause>> branches) {
        if (!branches.isEmpty() && branches.stream().noneMatch(List::isEmpty)) {
            problem("must validate at least one schema (anyOf)");
            best(branches);
        }
    }

    private void oneOf(List<List<FieldCause>> branches) {
        var valid = branches.stream().filter(List::isEmpty).count();
        if (branches.isEmpty() || valid == 1) {
            return;
        }
        var found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
        problem("must validate one and only one schema (oneOf). " + found);
        if (valid == 0) {
            best(branches);
        }
    }

    /// The branch that is the nearest to being right says what is wrong.
    private void best(List<List<FieldCause>> branches) {
        branches.stream().min(Comparator.comparingInt(List::size)).ifPresent(causes::addAll);
    }

    private void problem(String text) {
        causes.add(
                FieldCause.invalid(
                        Validation.NOWHERE, "", Json.text(path.toString()) + " " + text));
    }

    private List<List<FieldCause>> branches(
            @Nullable Object value, Map<String, Object> raw, String keyword) {
        return Json.list(raw, keyword).stream()
                .filter(Map.class::isInstance)
                .map(branch -> branch(value, (Map<?, ?>) branch))
                .toList();
    }

    private List<FieldCause> branch(@Nullable Object value, Map<?, ?> branch) {
        return Validation.check(value, READ.of(branch), path.toString());
    }
}
