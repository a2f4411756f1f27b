package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import java.util.Map;
import java.util.stream.Collectors;

/// What a verb about the past is asked about: a kind, and the one object or the place that it means.
///
/// @param name empty for all objects of the kind in the place
record PastObject(ServedKind kind, String namespace, String name) {
    /// By the first two words, `KIND NAME` or `KIND/NAME`.
    static PastObject of(Session session) {
        return of(session, 0);
    }

    /// @param more how many words may follow
    private static PastObject of(Session session, int more) {
        var words = session.arguments().words();
        if (words.isEmpty()) {
            throw new UsageException("KIND is missing");
        }
        var slash = words.getFirst().indexOf('/');
        var most = (slash < 0 ? 2 : 1) + more;
        if (words.size() > most) {
            throw new UsageException("unexpected word " + words.get(most));
        }
        var word = slash < 0 ? words.getFirst() : words.getFirst().substring(0, slash);
        var name =
                slash >= 0
                        ? words.getFirst().substring(slash + 1)
                        : words.size() > 1 ? words.get(1) : "";
        var everywhere = session.arguments().has(Option.ALL_NAMESPACES);
        var clusterWide = session.arguments().value(Option.NAMESPACE).filter(String::isEmpty);
        var kind = session.kinds().once(word, !everywhere && clusterWide.isEmpty());
        return new PastObject(
                kind, kind.namespaced() && !everywhere ? session.namespace() : "", name);
    }

    /// The same, where one object is needed.
    static PastObject one(Session session) {
        return one(session, 0);
    }

    /// The same, where so many words may follow.
    static PastObject one(Session session, int more) {
        var found = of(session, more);
        if (found.name().isEmpty()) {
            throw new UsageException("NAME is missing");
        }
        return found;
    }

    /// `configmap default/web`.
    String shown() {
        return kind.shownAs() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    String path() {
        return name.isEmpty() ? kind.path(namespace) : kind.path(namespace, name);
    }

    /// Asks about it; parameters without a value are left out.
    Map<String, Object> ask(Session session, String subresource, Map<String, String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .filter(one -> !one.getValue().isEmpty())
                        .map(one -> one.getKey() + "=" + ServedKind.encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        var target = path() + (subresource.isEmpty() ? "" : "/" + subresource);
        var call = Call.get(query.isEmpty() ? target : target + "?" + query);
        return PastQuestions.ask(name.isEmpty() ? "" : shown(), () -> session.api().json(call));
    }

    /// Who did what and when, of a revision as the server tells it: `updated by joe at 2026-01-31 12:00:00Z`.
    static String deed(Object revision) {
        var operation = Session.text(revision, "operation");
        return "%sd by %s at %s"
                .formatted(
                        operation,
                        Session.text(revision, "actor"),
                        when(Session.text(revision, "time")));
    }

    /// The number of a revision.
    static String number(Object revision) {
        return Json.text(Json.at(revision, "revision"));
    }

    /// A time to the second.
    static String when(String time) {
        return time.replaceFirst("(\\.[0-9]+)?Z$", "Z").replace('T', ' ');
    }
}
