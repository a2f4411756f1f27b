package dev.slipway.portal.page;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.portal.page.Drawing.Line;
import dev.slipway.portal.page.ThingPage.NodeRow;
import dev.slipway.portal.page.Value.Text;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Health;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Trees;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a thing is made of, as its status lists it: nodes that need one another.
///
/// Any kind may list nodes in `status.nodes`: `{id, apiVersion, kind, namespace, name, state, dependsOn[]}`.
final class Nodes {
    static final String FIELD = "nodes";

    private static final String SELF = "";

    /// One node, with the page it leads to and how it is.
    private record Part(
            String id, String kind, String name, String page, Health health, List<String> needs) {}

    private final Resource object;
    private final Map<String, Part> parts;

    private Nodes(Resource object, Map<String, Part> parts) {
        this.object = object;
        this.parts = parts;
    }

    static Nodes of(Visit visit, Resource object, Neighbours neighbours) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (var tree : Trees.objects(Json.list(object.status(), FIELD))) {
            var part = part(visit, tree, neighbours);
            parts.put(part.id(), part);
        }
        return new Nodes(object, parts);
    }

    /// The drawing, where there is anything to draw.
    Optional<Drawing> drawing() {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> needs = new LinkedHashMap<>();
        parts.forEach((id, part) -> needs.put(id, part.needs()));
        var ranks = Drawing.ranks(needs);
        int last = ranks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        var columns = new ArrayList<List<Drawing.Node>>();
        var captions = new ArrayList<String>();
        columns.add(List.of(self()));
        captions.add(Words.noun(object.kind()));
        for (int rank = 0; rank <= last; rank++) {
            var here = inRank(ranks, rank);
            columns.add(here.stream().map(Nodes::node).toList());
            captions.add(caption(here, rank));
        }
        return Optional.of(Drawing.of(label(), columns, captions, lines()));
    }

    List<NodeRow> rows() {
        return parts.values().stream()
                .map(part ->
                        new NodeRow(
                                part.id(),
                                part.kind(),
                                new Text(part.name(), part.page(), false),
                                ListPages.mark(part.health()),
                                String.join(", ", part.needs())))
                .toList();
    }

    private Drawing.Node self() {
        return new Drawing.Node(
                SELF, object.name(), object.kind(), "", Health.of(object).state(), "focus");
    }

    private List<Part> inRank(Map<String, Integer> ranks, int rank) {
        return parts.values().stream()
                .filter(part -> ranks.getOrDefault(part.id(), 0) == rank)
                .toList();
    }

    private String caption(List<Part> here, int rank) {
        if (rank == 0) {
            return here.size() == 1 ? "needs only its spec" : "need only its spec";
        }
        var needed = here.stream().flatMap(part -> part.needs().stream()).distinct().toList();
        return "needs "
                + (needed.size() <= 2
                        ? String.join(", ", needed)
                        : Words.count(needed.size(), "other", "others"));
    }

    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        parts.values()
                .forEach(part -> {
                    var known = part.needs().stream().filter(parts::containsKey).toList();
                    known.forEach(need -> lines.add(new Line(need, part.id())));
                    if (known.isEmpty()) {
                        lines.add(new Line(SELF, part.id()));
                    }
                });
        return lines;
    }

    private String label() {
        long ready =
                parts.values().stream().filter(part -> part.health().state() == State.OK).count();
        return "Nodes of %s: %d of %d ready".formatted(object.name(), ready, parts.size());
    }

    private static Drawing.Node node(Part part) {
        var sub = part.health().word().isEmpty() ? part.kind() : part.health().word();
        return new Drawing.Node(part.id(), part.id(), sub, part.page(), part.health().state(), "");
    }

    private static Part part(Visit visit, Map<String, Object> tree, Neighbours neighbours) {
        var resource = new Resource(tree);
        var namespace = Json.string(tree, "namespace");
        var name = Json.string(tree, "name");
        var kind = visit.index().of(resource.group(), resource.kind());
        var page = kind.map(one -> one.page(namespace, name)).orElse("");
        var own =
                kind.map((ApiKind one) -> one.object(namespace, name))
                        .flatMap(neighbours::health)
                        .filter(Health::known);
        var said = Health.ofWord(Json.string(tree, "state"));
        return new Part(
                Json.string(tree, "id"),
                resource.kind(),
                name,
                page,
                own.filter(health -> said.state() == State.NONE || health.state() != State.OK)
                        .orElse(said),
                Trees.texts(Json.list(tree, "dependsOn")));
    }
}
