package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One write of a thing: who, when, why, and which fields.
///
/// @param revision its number as text, empty where only the writer is known
/// @param operation `create`, `update` or `delete`, in lower case
/// @param causes numbers of the revisions that made it happen
/// @param changes paths of the fields that differ from before
public record RevisionEntry(
        String revision,
        Optional<Instant> time,
        String actor,
        String operation,
        String note,
        List<String> causes,
        List<String> changes) {
    public RevisionEntry {
        causes = List.copyOf(causes);
        changes = List.copyOf(changes);
    }

    /// The newest writes of a thing, newest first; where the API keeps none, what the thing's managed fields tell.
    public static List<RevisionEntry> read(ApiClient client, String object, Resource resource) {
        try {
            var items = Json.list(client.json(Call.get(object + "/revisions")), "items");
            return Trees.objects(items).stream().map(RevisionEntry::of).toList();
        } catch (ProblemException e) {
            if (e.problem().reason() == Reason.NOT_FOUND
                    || e.problem().reason() == Reason.METHOD_NOT_ALLOWED) {
                return fromManagers(resource);
            }
            throw e;
        }
    }

    /// Whether a person wrote it, as far as its name tells.
    public boolean automatic() {
        return actor.startsWith("system:") || actor.startsWith("slipway-");
    }

    /// `created`, `updated`, `deleted`.
    public String verb() {
        return operation.isEmpty()
                ? "wrote"
                : operation.endsWith("e") ? operation + "d" : operation + "ed";
    }

    /// `Revision 184,291`, or nothing where there is no number.
    public String label() {
        return revision.isEmpty() ? "" : "Revision " + Figures.revision(revision);
    }

    private static RevisionEntry of(Map<String, Object> item) {
        return new RevisionEntry(
                Trees.scalar(item.get("revision")),
                Trees.moment(item.get("time")),
                Json.string(item, "actor"),
                Json.string(item, "operation").toLowerCase(java.util.Locale.ROOT),
                Json.string(item, "note"),
                Json.list(item, "causes").stream().map(Trees::scalar).toList(),
                Trees.texts(Json.list(item, "changes")));
    }

    private static List<RevisionEntry> fromManagers(Resource resource) {
        return Trees.objects(Json.list(resource.metadata(), "managedFields")).stream()
                .map(RevisionEntry::ofManager)
                .sorted(
                        Comparator.comparing(
                                        (RevisionEntry entry) -> entry.time().orElse(Instant.EPOCH))
                                .reversed())
                .toList();
    }

    private static RevisionEntry ofManager(Map<String, Object> entry) {
        var subresource = Json.string(entry, "subresource");
        return new RevisionEntry(
                "",
                Trees.moment(entry.get("time")),
                Json.string(entry, "manager"),
                "",
                "",
                List.of(),
                List.of(subresource.isEmpty() ? "fields" : subresource));
    }
}
