package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How far a user's right to list a kind reaches: everywhere, or some namespaces, of which the first are looked at.
///
/// @param namespaces those that are looked at, by name; none where it is everywhere
/// @param more how many others there are
/// @param incomplete whether there may be others beside those
public record Reach(List<String> namespaces, int more, boolean incomplete) {
    /// How many namespaces are looked at; where there are more, the page says so.
    public static final int MAX_NAMESPACES = 20;

    /// All namespaces, or none for a kind that lives in none.
    public static final Reach EVERYWHERE = new Reach(List.of(), 0, false);

    private static final String REVIEWS = "/apis/slipway.dev/v1alpha1/selfsubjectnamespacesreviews";

    public Reach {
        namespaces = List.copyOf(namespaces);
    }

    /// Where else a kind may be listed that may not be listed everywhere; the refusal again where that is nowhere.
    public static Reach instead(ProblemException refusal, ApiClient client, ApiKind kind) {
        if (refusal.problem().reason() != Reason.FORBIDDEN || !kind.namespaced()) {
            throw refusal;
        }
        var reach = ask(refusal, client, kind);
        if (reach.namespaces().isEmpty()) {
            throw refusal;
        }
        return reach;
    }

    private static Reach ask(ProblemException refusal, ApiClient client, ApiKind kind) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("verb", "list");
        wish.put("group", kind.group());
        wish.put("resource", kind.plural());
        var review = Map.of("spec", Map.of("resourceAttributes", wish));
        try {
            return of(Json.object(client.json(Call.with("POST", REVIEWS, review)), "status"));
        } catch (ProblemException e) {
            // Who gets no answer is told what was refused at first.
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private static Reach of(Map<String, Object> status) {
        var all = Trees.texts(Json.list(status, "namespaces"));
        var seen = all.subList(0, Math.min(MAX_NAMESPACES, all.size()));
        return new Reach(
                seen, all.size() - seen.size(), Boolean.TRUE.equals(status.get("incomplete")));
    }

    public boolean everywhere() {
        return namespaces.isEmpty();
    }

    /// The API's paths of all of a kind within reach.
    public List<String> collections(ApiKind kind) {
        return everywhere()
                ? List.of(kind.collection())
                : namespaces.stream().map(kind::collection).toList();
    }

    /// `namespace team`, `2 namespaces: blue, team`, `the first 20 of 37 namespaces that are open to you: …`.
    public String words() {
        var names = String.join(", ", namespaces);
        if (more > 0) {
            return "the first %s of %s%s namespaces that are open to you: %s"
                    .formatted(
                            Words.number(namespaces.size()),
                            incomplete ? "more than " : "",
                            Words.number(namespaces.size() + more),
                            names);
        }
        return namespaces.size() == 1
                ? "namespace " + names
                : Words.number(namespaces.size()) + " namespaces: " + names;
    }
}
