package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The kinds that a server serves, by its discovery. One thread.
final class ServedKinds {
    /// How often and how long apart discovery is asked for a kind that is about to come.
    static final int ATTEMPTS = 50;

    static final Duration APART = Duration.ofMillis(100);

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final ApiClient api;
    private final Consumer<Duration> pause;
    private List<ServedKind> all = List.of();

    ServedKinds(ApiClient api, Consumer<Duration> pause) {
        this.api = api;
        this.pause = pause;
    }

    /// The kinds that a person means by a word: one, or all of a category.
    List<ServedKind> called(String word) {
        refreshIfEmpty();
        var kind = all.stream().filter(one -> one.isCalled(word)).findFirst();
        if (kind.isPresent()) {
            return List.of(kind.get());
        }
        var category = category(word);
        if (category.isEmpty()) {
            throw Problem.of(
                            Reason.NOT_FOUND,
                            "the server serves no kind called \"%s\"".formatted(word))
                    .exception();
        }
        return category;
    }

    /// The one kind that a person means by a word, for questions about its past.
    ///
    /// A kind that is not served any more is named as `PLURAL.VERSION.GROUP`.
    ///
    /// @param namespaced whether an object of a kind that is gone was in a namespace
    ServedKind once(String word, boolean namespaced) {
        refreshIfEmpty();
        if (all.stream().noneMatch(one -> one.isCalled(word))) {
            var parts = word.split("[.]", 3);
            if (parts.length == 3 && category(word).isEmpty()) {
                return ServedKind.gone(parts[2], parts[1], parts[0], namespaced);
            }
        }
        return oneCalled(word);
    }

    /// The one kind that a person means by a word.
    ServedKind oneCalled(String word) {
        var kinds = called(word);
        if (kinds.size() > 1) {
            throw new UsageException(word + " means more than one kind");
        }
        return kinds.getFirst();
    }

    /// The kinds of a category, each in the version that the server prefers.
    private List<ServedKind> category(String name) {
        Map<String, ServedKind> preferred = new LinkedHashMap<>();
        all.stream()
                .filter(one -> one.categories().contains(name))
                .forEach(one -> preferred.putIfAbsent(one.shownAs(), one));
        return List.copyOf(preferred.values());
    }

    /// The kind that an object is of.
    ///
    /// @param coming whether something written before may have brought it: then it is waited for
    ServedKind of(String apiVersion, String kind, boolean coming) {
        refreshIfEmpty();
        var found = find(apiVersion, kind);
        for (int attempt = 0; found.isEmpty() && coming && attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                pause.accept(APART);
            }
            refresh();
            found = find(apiVersion, kind);
        }
        return found.orElseThrow(() ->
                Problem.of(
                                Reason.NOT_FOUND,
                                "the server serves no kind %s in %s".formatted(kind, apiVersion))
                        .exception());
    }

    /// The kind that an object is of, where it is served.
    Optional<ServedKind> known(String apiVersion, String kind) {
        refreshIfEmpty();
        return find(apiVersion, kind);
    }

    private Optional<ServedKind> find(String apiVersion, String kind) {
        return all.stream()
                .filter(one -> one.kind().equals(kind) && one.apiVersion().equals(apiVersion))
                .findFirst();
    }

    private void refreshIfEmpty() {
        if (all.isEmpty()) {
            refresh();
        }
    }

    private void refresh() {
        all = Stream.of("/api", "/apis").flatMap(path -> groups(path)).toList();
    }

    private Stream<ServedKind> groups(String path) {
        var call = new Call("GET", path, Map.of("Accept", AGGREGATED), new byte[0]);
        return Json.list(api.json(call), "items").stream()
                .map(item -> Json.cast((Map<?, ?>) item))
                .flatMap(group -> kinds(group).stream());
    }

    private static List<ServedKind> kinds(Map<String, Object> group) {
        var kinds = new ArrayList<ServedKind>();
        var name = Session.text(group, "metadata", "name");
        for (var one : Json.list(group, "versions")) {
            var version = Json.cast((Map<?, ?>) one);
            for (var resource : Json.list(version, "resources")) {
                kinds.add(
                        ServedKind.of(
                                name,
                                Json.string(version, "version"),
                                Json.cast((Map<?, ?>) resource)));
            }
        }
        return kinds;
    }
}
