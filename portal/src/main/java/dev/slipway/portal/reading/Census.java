package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What there is of each kind, as one user may see it: how many, and how the first of them are.
///
/// @param revision the newest revision that was met
public record Census(List<Count> counts, String revision) {
    /// How many of one kind are looked at for their state; the count itself is of all.
    public static final int SAMPLE = 200;

    /// One thing, as far as a census keeps it.
    ///
    /// @param changed when it was last written, as far as its managed fields and conditions tell
    public record Thing(
            ApiKind kind,
            String uid,
            String namespace,
            String name,
            Health health,
            Instant changed) {
        public String page() {
            return kind.page(namespace, name);
        }
    }

    /// One kind's share.
    ///
    /// @param total how many there are
    /// @param things the first [#SAMPLE] of them
    /// @param reach where was looked
    public record Count(ApiKind kind, long total, List<Thing> things, Reach reach) {
        public Count {
            things = List.copyOf(things);
        }

        public long failing() {
            return having(State.ERROR);
        }

        public long having(State state) {
            return things.stream().filter(thing -> thing.health().state() == state).count();
        }

        /// Whether there are more than were looked at.
        public boolean sampled() {
            return total > things.size();
        }
    }

    private record Counted(Count count, long revision) {}

    public Census {
        counts = List.copyOf(counts);
    }

    /// Counts all kinds; what the user may not list everywhere is counted where it may be listed, or left out.
    public static Census take(ApiClient client, KindIndex index) {
        var counts = new ArrayList<Count>();
        long revision = 0;
        for (var kind : index.kinds()) {
            try {
                var counted = count(client, kind);
                counts.add(counted.count());
                revision = Math.max(revision, counted.revision());
            } catch (ProblemException e) {
                requireRefusal(e);
            }
        }
        return new Census(counts, revision == 0 ? "" : String.valueOf(revision)).withoutAliases();
    }

    /// The same without kinds that are other names for one before them: all that is of them was met already.
    public Census withoutAliases() {
        Set<String> met = new HashSet<>();
        var own = new ArrayList<Count>();
        for (var count : counts) {
            var uids =
                    count.things().stream().map(Thing::uid).filter(uid -> !uid.isEmpty()).toList();
            boolean alias = !uids.isEmpty() && met.containsAll(uids);
            if (!alias) {
                own.add(count);
            }
            met.addAll(uids);
        }
        return new Census(own, revision);
    }

    /// The namespaces that were looked at of kinds that may not be listed everywhere, by name.
    public List<String> namespaces() {
        return counts.stream()
                .flatMap(count -> count.reach().namespaces().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// Whether more namespaces are open to the user than were looked at.
    public boolean cut() {
        return counts.stream().anyMatch(count -> count.reach().more() > 0);
    }

    /// Everything that was looked at.
    public Stream<Thing> things() {
        return counts.stream().flatMap(count -> count.things().stream());
    }

    /// What needs somebody, worst first, then newest first.
    public List<Thing> troubled() {
        return things().filter(thing -> thing.health().state().needsSomebody())
                .sorted(
                        Comparator.comparing((Thing thing) -> thing.health().state())
                                .thenComparing(Thing::changed, Comparator.reverseOrder()))
                .toList();
    }

    private static Counted count(ApiClient client, ApiKind kind) {
        try {
            return count(client, kind, Reach.EVERYWHERE);
        } catch (ProblemException e) {
            return count(client, kind, Reach.instead(e, client, kind));
        }
    }

    private static Counted count(ApiClient client, ApiKind kind, Reach reach) {
        var things = new ArrayList<Thing>();
        long total = 0;
        long revision = 0;
        for (var collection : reach.collections(kind)) {
            int room = SAMPLE - things.size();
            var list = client.json(Call.get(collection + "?limit=" + Math.max(1, room)));
            var items = Trees.objects(Json.list(list, "items"));
            items.stream()
                    .limit(room)
                    .map(item -> thing(kind, new Resource(item)))
                    .forEach(things::add);
            total += items.size() + remaining(list);
            revision = Math.max(revision, revision(list));
        }
        return new Counted(new Count(kind, total, things, reach), revision);
    }

    private static long remaining(Map<String, Object> list) {
        var metadata = Json.object(list, "metadata");
        return metadata.get("remainingItemCount") instanceof Long left ? left : 0;
    }

    private static Thing thing(ApiKind kind, Resource resource) {
        var standing = Standing.of(resource);
        return new Thing(
                kind,
                resource.uid(),
                resource.namespace(),
                resource.name(),
                standing.health(),
                standing.changed());
    }

    private static long revision(Map<String, Object> list) {
        try {
            return Long.parseLong(Json.string(Json.object(list, "metadata"), "resourceVersion"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void requireRefusal(ProblemException e) {
        var reason = e.problem().reason();
        if (reason != Reason.FORBIDDEN
                && reason != Reason.NOT_FOUND
                && reason != Reason.METHOD_NOT_ALLOWED) {
            throw e;
        }
    }
}
