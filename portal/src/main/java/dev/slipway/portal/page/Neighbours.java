package dev.slipway.portal.page;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.portal.page.Drawing.Line;
import dev.slipway.portal.page.Drawing.Node;
import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.page.ThingPage.RelationRow;
import dev.slipway.portal.page.Value.Text;
import dev.slipway.portal.reading.Health;
import dev.slipway.portal.reading.Related;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a thing is related to, and how each of these is.
final class Neighbours {
    /// How many neighbours are asked how they are.
    static final int MAX = 40;

    private static final String SELF = "self";

    private final Visit visit;
    private final List<Related> related;
    private final Map<String, Health> healths;

    private Neighbours(Visit visit, List<Related> related, Map<String, Health> healths) {
        this.visit = visit;
        this.related = related;
        this.healths = healths;
    }

    static Neighbours of(Visit visit, List<Related> related) {
        Map<String, Health> healths = new HashMap<>();
        related.stream()
                .filter(Related::exists)
                .map(Related::path)
                .distinct()
                .limit(MAX)
                .forEach(
                        path -> health(visit, path).ifPresent(health -> healths.put(path, health)));
        return new Neighbours(visit, related, healths);
    }

    /// The address of the page of a neighbour, empty where there is none.
    String page(Related one) {
        return one.exists()
                ? visit.index()
                        .of(one.group(), one.kind())
                        .map(kind -> kind.page(one.namespace(), one.name()))
                        .orElse("")
                : "";
    }

    List<RelationRow> rows() {
        return related.stream()
                .map(one ->
                        new RelationRow(
                                one.verb(),
                                one.kind(),
                                new Text(one.name(), page(one), !one.exists()),
                                mark(one),
                                one.outgoing() ? one.field() : one.field() + " of " + one.name()))
                .toList();
    }

    /// This thing in the middle, what says something about it on the left, what it speaks of on the right.
    Optional<Drawing> drawing(Resource object, Health health) {
        Map<String, Node> left = new LinkedHashMap<>();
        Map<String, Node> right = new LinkedHashMap<>();
        related.forEach(one -> (one.outgoing() ? right : left).putIfAbsent(id(one), node(one)));
        left.keySet().removeAll(right.keySet());
        if (left.isEmpty() && right.isEmpty()) {
            return Optional.empty();
        }
        var self = new Node(SELF, object.name(), object.kind(), "", health.state(), "focus");
        var ranks = new ArrayList<List<Node>>();
        var captions = new ArrayList<String>();
        if (!left.isEmpty()) {
            ranks.add(List.copyOf(left.values()));
            captions.add("refer to it");
        }
        ranks.add(List.of(self));
        captions.add("");
        if (!right.isEmpty()) {
            ranks.add(List.copyOf(right.values()));
            captions.add("it refers to");
        }
        var lines = new ArrayList<Line>();
        left.keySet().forEach(id -> lines.add(new Line(id, SELF)));
        right.keySet().forEach(id -> lines.add(new Line(SELF, id)));
        return Optional.of(Drawing.of(label(object, left.size(), right), ranks, captions, lines));
    }

    /// How the thing at a path is, where it is one of the neighbours.
    Optional<Health> health(String path) {
        return Optional.ofNullable(healths.get(path));
    }

    private static String label(Resource object, int left, Map<String, Node> right) {
        long missing = right.values().stream().filter(node -> node.kind().equals("absent")).count();
        return "Relations of %s: %s to it; it refers to %d, %s"
                .formatted(
                        object.name(),
                        Words.count(left, "thing refers", "things refer"),
                        right.size(),
                        missing == 0 ? "all of them found" : missing + " of them not found");
    }

    private static String id(Related one) {
        return one.group() + "/" + one.kind() + "/" + one.namespace() + "/" + one.name();
    }

    private Node node(Related one) {
        var mark = mark(one);
        return new Node(
                id(one),
                one.name(),
                sub(one, mark),
                page(one),
                mark.state(),
                one.exists() ? "" : "absent");
    }

    private static String sub(Related one, Mark mark) {
        if (!one.exists()) {
            return "Does not exist";
        }
        return mark.state() == State.OK || mark.word().isEmpty() ? one.kind() : mark.word();
    }

    private Mark mark(Related one) {
        if (!one.exists()) {
            return new Mark(State.UNKNOWN, "does not exist", one.name() + " does not exist");
        }
        return health(one.path()).map(ListPages::mark).orElse(new Mark(State.NONE, "", ""));
    }

    private static Optional<Health> health(Visit visit, String path) {
        try {
            return visit.client().find(path).map(Health::of);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
