package dev.slipway.kernel.kind;

import dev.slipway.kernel.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One version of a kind: its shape and what can be done with it.
///
/// @param storage whether objects are stored in this version; exactly one version of a kind
/// @param status whether `status` is a subresource, written on its own
/// @param columns what `kubectl get` shows after the name, the age among them where it is to be shown; empty: the age only
/// @param selectableFields JSON paths that field selectors may name besides `metadata.name` and `metadata.namespace`
/// @param deprecationWarning sent with each answer where present
/// @param otherGroup the group in which it is served, where that is not its kind's: events have a second one
public record KindVersion(
        String name,
        boolean served,
        boolean storage,
        Schema schema,
        boolean status,
        Optional<Scale> scale,
        List<PrinterColumn> columns,
        List<String> selectableFields,
        Optional<String> deprecationWarning,
        Optional<String> otherGroup) {
    /// Where the scale subresource finds its numbers, as JSON paths.
    public record Scale(
            String specReplicasPath, String statusReplicasPath, String labelSelectorPath) {}

    public KindVersion {
        Objects.requireNonNull(name);
        Objects.requireNonNull(schema);
        columns = List.copyOf(columns);
        selectableFields = List.copyOf(selectableFields);
    }

    /// A version in the group of its kind, as nearly all are.
    public KindVersion(
            String name,
            boolean served,
            boolean storage,
            Schema schema,
            boolean status,
            Optional<Scale> scale,
            List<PrinterColumn> columns,
            List<String> selectableFields,
            Optional<String> deprecationWarning) {
        this(
                name,
                served,
                storage,
                schema,
                status,
                scale,
                columns,
                selectableFields,
                deprecationWarning,
                Optional.empty());
    }

    /// The only version of a kind: served, stored, with a status subresource.
    public static KindVersion of(String name, Schema schema, PrinterColumn... columns) {
        return new KindVersion(
                name,
                true,
                true,
                schema,
                true,
                Optional.empty(),
                List.of(columns),
                List.of(),
                Optional.empty());
    }
}
