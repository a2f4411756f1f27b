package dev.slipway.portal.page;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.portal.reading.Census;
import dev.slipway.portal.reading.KindIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The last snapshot of each user, taken anew when the log has moved on. Safe for all threads.
final class Snapshots {
    /// How many users' snapshots are kept.
    static final int MAX_USERS = 64;

    private record Who(String user, List<String> groups) {}

    private final LinkedHashMap<Who, Snapshot> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// A snapshot that is as new as the log.
    Snapshot of(Identity identity, ApiClient client) {
        var who = new Who(identity.user(), identity.groups());
        var last = kept(who);
        if (last.isPresent() && last.get().census().revision().equals(now(last.get(), client))) {
            return last.get();
        }
        var index = KindIndex.read(client);
        return keep(who, new Snapshot(index, Census.take(client, index)));
    }

    /// The newest revision, asked for by the smallest of lists.
    private static String now(Snapshot last, ApiClient client) {
        var counts = last.census().counts();
        if (counts.isEmpty()) {
            return "?";
        }
        try {
            var first = counts.getFirst();
            var collection = first.reach().collections(first.kind()).getFirst();
            var list = client.json(Call.get(collection + "?limit=1"));
            return Json.string(Json.object(list, "metadata"), "resourceVersion");
        } catch (ProblemException e) {
            // What could be read then may not be any more: the next snapshot tells.
            return "?";
        }
    }

    private synchronized Optional<Snapshot> kept(Who who) {
        return Optional.ofNullable(kept.get(who));
    }

    private synchronized Snapshot keep(Who who, Snapshot snapshot) {
        kept.put(who, snapshot);
        if (kept.size() > MAX_USERS) {
            kept.pollFirstEntry();
        }
        return snapshot;
    }
}
