package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.patch.ManagedFields.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The fields that an apply would change and that other managers own.
///
/// @param entries one per manager, with the fields in question
record Conflicts(List<Entry> entries) {
    Conflicts {
        entries =
                entries.stream()
                        .filter(entry -> !entry.fields().isEmpty())
                        .sorted(
                                Comparator.comparing(
                                        entry -> ManagedFields.identity(entry.manager())))
                        .toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// The conflicts over other fields than these.
    Conflicts without(FieldSet allowed) {
        return new Conflicts(
                entries.stream()
                        .map(entry -> entry.with(entry.fields().difference(allowed)))
                        .toList());
    }

    /// As it is answered: each path of each manager is one cause.
    Problem problem() {
        var causes = new ArrayList<FieldCause>();
        for (var entry : entries) {
            for (var path : entry.fields().paths()) {
                causes.add(
                        new FieldCause(
                                "FieldManagerConflict",
                                path.toString(),
                                "conflict with " + describe(entry.manager())));
            }
        }
        return new Problem(
                Problem.Reason.CONFLICT,
                causes.size() == 1 ? sentence(causes.getFirst()) : sentences(causes.size()),
                Optional.empty(),
                causes,
                Optional.empty());
    }

    private static String sentence(FieldCause cause) {
        return "Apply failed with 1 conflict: %s: %s".formatted(cause.message(), cause.field());
    }

    private String sentences(int count) {
        var text = new StringBuilder("Apply failed with ").append(count).append(" conflicts: ");
        var separator = "";
        for (var entry : entries) {
            text.append(separator).append("conflicts with ").append(describe(entry.manager()));
            text.append(':');
            entry.fields().paths().forEach(path -> text.append("\n- ").append(path));
            separator = "\n";
        }
        return text.toString();
    }

    private static String describe(Manager manager) {
        var name = Json.text(manager.name());
        var subresource =
                manager.subresource().isEmpty()
                        ? ""
                        : " with subresource " + Json.text(manager.subresource());
        var version = manager.applies() ? "" : " using " + manager.apiVersion();
        return name + subresource + version;
    }
}
