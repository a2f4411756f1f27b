package dev.slipway.apiserver.discovery;

import dev.slipway.apiserver.discovery.Catalogue.Group;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Etags;
import dev.slipway.apiserver.wire.MediaRange;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Tells clients what is served: aggregated where they can read that, else document by document. Thread-safe.
public final class Discovery {
    private static final String AGGREGATED = "APIGroupDiscoveryList";
    private static final String AGGREGATED_GROUP = "apidiscovery.k8s.io";
    private static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

    /// What was made of the kinds of one generation.
    private record Cached(Catalogue catalogue, Map<String, byte[]> documents) {}

    private final Supplier<Kinds> kinds;
    private final List<Kind> posted;
    private volatile Cached cached = new Cached(new Catalogue(Long.MIN_VALUE, List.of()), Map.of());

    /// @param posted kinds whose objects are answered when they are posted, and never stored
    public Discovery(Supplier<Kinds> kinds, List<Kind> posted) {
        this.kinds = kinds;
        this.posted = List.copyOf(posted);
    }

    /// Whether anything is served in a version of a group.
    public boolean knows(String group, String version) {
        return find(group).stream()
                .flatMap(found -> found.versions().stream())
                .anyMatch(one -> one.name().equals(version));
    }

    /// The paths of what is served, sorted: `/api/v1`, `/apis/apps`.
    public List<String> paths() {
        return Stream.concat(
                        Stream.of("/api", "/apis"),
                        current().catalogue().groups().stream().flatMap(Discovery::paths))
                .sorted()
                .toList();
    }

    private static Stream<String> paths(Group group) {
        var root = group.isCore() ? "/api" : "/apis/" + group.name();
        var versions = group.versions().stream().map(version -> root + "/" + version.name());
        return group.isCore() ? versions : Stream.concat(Stream.of(root), versions);
    }

    /// Answers `/apis`.
    public WebResponse groups(WebRequest request) {
        var groups = named();
        var aggregated = aggregatedVersion(request);
        return aggregated.isPresent()
                ? aggregated(request, "/apis", groups, aggregated.get())
                : Answers.tree(200, Plain.groups(groups), Representation.of(request));
    }

    /// Answers `/api` and `/apis/GROUP`.
    public WebResponse group(WebRequest request, String name) {
        var group = find(name);
        if (name.isEmpty()) {
            return core(request, group.stream().toList());
        }
        return group.map(found ->
                        Answers.tree(200, Plain.document(found), Representation.of(request)))
                .orElseGet(Discovery::notFound);
    }

    /// Answers `/api/VERSION` and `/apis/GROUP/VERSION`.
    public WebResponse version(WebRequest request, String group, String version) {
        return find(group)
                .flatMap(found ->
                        found.versions().stream()
                                .filter(one -> one.name().equals(version))
                                .findFirst()
                                .map(one -> Plain.resources(found, one)))
                .map(tree -> Answers.tree(200, tree, Representation.of(request)))
                .orElseGet(Discovery::notFound);
    }

    private WebResponse core(WebRequest request, List<Group> core) {
        var aggregated = aggregatedVersion(request);
        return aggregated.isPresent()
                ? aggregated(request, "/api", core, aggregated.get())
                : Answers.tree(
                        200,
                        Plain.versions(request.header("host").orElse("")),
                        Representation.of(request));
    }

    private WebResponse aggregated(
            WebRequest request, String path, List<Group> groups, String version) {
        var body =
                current()
                        .documents()
                        .computeIfAbsent(
                                path + version,
                                _ -> Json.write(Aggregated.document(groups, version)));
        var type =
                "application/json;g=%s;v=%s;as=%s".formatted(AGGREGATED_GROUP, version, AGGREGATED);
        return Etags.answer(
                request,
                body,
                Map.of("Content-Type", type, "Vary", "Accept", "Cache-Control", "public"));
    }

    /// The version of the aggregated format that a client reads best, where it reads one.
    private static Optional<String> aggregatedVersion(WebRequest request) {
        for (var range : MediaRange.all(request.header("accept").orElse(""))) {
            if (range.parameter("as").equals(AGGREGATED)
                    && range.parameter("g").equals(AGGREGATED_GROUP)
                    && AGGREGATED_VERSIONS.contains(range.parameter("v"))) {
                return Optional.of(range.parameter("v"));
            }
            if (range.type().equals("application/json") && range.parameters().isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<Group> named() {
        return current().catalogue().groups().stream().filter(group -> !group.isCore()).toList();
    }

    private Optional<Group> find(String name) {
        return current().catalogue().groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    private Cached current() {
        var now = kinds.get();
        var known = cached;
        if (known.catalogue().generation() != now.generation()) {
            known = new Cached(Catalogue.of(now, posted), new ConcurrentHashMap<>());
            cached = known;
        }
        return known;
    }

    private static WebResponse notFound() {
        return Answers.text(404, "404 page not found");
    }
}
