package dev.slipway.portal.page;

import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A graph with its places worked out: boxes in ranks from left to right, elbows between them.
///
/// The order in a rank is by name, so that a change of state moves nothing.
public record Drawing(
        String label,
        int width,
        int height,
        List<Caption> captions,
        List<Box> boxes,
        List<Edge> edges) {
    /// How many boxes are drawn at most; the table has them all.
    public static final int MAX_BOXES = 300;

    private static final int BOX_WIDTH = 172;
    private static final int BOX_HEIGHT = 44;
    private static final int GAP = 64;
    private static final int PITCH = 56;
    private static final int TOP = 28;
    private static final int NAME = 17;
    private static final int SUB = 22;

    /// The words over a rank.
    public record Caption(int x, String text) {}

    /// One box.
    ///
    /// @param kind classes of the style sheet: `focus`, `absent` or none
    public record Box(
            int x,
            int y,
            String title,
            String full,
            String sub,
            String href,
            State state,
            String kind) {}

    /// One line, with the tip of its arrow.
    ///
    /// @param kind a class of the style sheet: `bad`, `dash` or none
    public record Edge(String path, String tip, String kind) {}

    /// Something to be drawn.
    public record Node(
            String id, String title, String sub, String href, State state, String kind) {}

    /// A line to be drawn between two of them.
    public record Line(String from, String to) {}

    public Drawing {
        captions = List.copyOf(captions);
        boxes = List.copyOf(boxes);
        edges = List.copyOf(edges);
    }

    /// Draws nodes in their ranks.
    static Drawing of(
            String label, List<List<Node>> ranks, List<String> captions, List<Line> lines) {
        Map<String, Box> boxes = new LinkedHashMap<>();
        var tallest = ranks.stream().mapToInt(List::size).max().orElse(0);
        for (int rank = 0; rank < ranks.size(); rank++) {
            var nodes = ranks.get(rank).stream().sorted(Comparator.comparing(Node::title)).toList();
            int top = TOP + (nodes.size() == 1 ? (tallest - 1) * PITCH / 2 : 0);
            for (int i = 0; i < nodes.size() && boxes.size() < MAX_BOXES; i++) {
                boxes.put(nodes.get(i).id(), box(nodes.get(i), rank, top + i * PITCH));
            }
        }
        var texts = new ArrayList<Caption>();
        for (int rank = 0; rank < ranks.size(); rank++) {
            texts.add(new Caption(x(rank), captions.get(rank)));
        }
        return new Drawing(
                label,
                x(ranks.size() - 1) + BOX_WIDTH + 2,
                TOP + Math.max(1, tallest) * PITCH - (PITCH - BOX_HEIGHT) + 2,
                texts,
                List.copyOf(boxes.values()),
                edges(boxes, lines));
    }

    /// The ranks of nodes that need one another: each right of all that it needs.
    static Map<String, Integer> ranks(Map<String, List<String>> needs) {
        Map<String, Integer> ranks = new HashMap<>();
        needs.keySet().forEach(id -> rank(id, needs, ranks));
        return ranks;
    }

    private static int rank(
            String id, Map<String, List<String>> needs, Map<String, Integer> ranks) {
        var known = ranks.get(id);
        if (known != null) {
            return known;
        }
        ranks.put(id, 0);
        int rank =
                needs.getOrDefault(id, List.of()).stream()
                        .filter(needs::containsKey)
                        .mapToInt(need -> rank(need, needs, ranks) + 1)
                        .max()
                        .orElse(0);
        ranks.put(id, rank);
        return rank;
    }

    private static int x(int rank) {
        return rank * (BOX_WIDTH + GAP);
    }

    private static Box box(Node node, int rank, int y) {
        return new Box(
                x(rank),
                y,
                Words.cutMiddle(node.title(), NAME),
                node.title(),
                Words.cut(node.sub(), SUB),
                node.href(),
                node.state(),
                node.kind());
    }

    private static List<Edge> edges(Map<String, Box> boxes, List<Line> lines) {
        return lines.stream()
                .flatMap(line ->
                        Stream.ofNullable(boxes.get(line.from()))
                                .flatMap(from ->
                                        Stream.ofNullable(boxes.get(line.to()))
                                                .map(to -> edge(from, to))))
                .sorted(Comparator.comparing(edge -> edge.kind().equals("bad")))
                .toList();
    }

    private static Edge edge(Box from, Box to) {
        int startX = from.x() + BOX_WIDTH;
        int startY = from.y() + BOX_HEIGHT / 2;
        int endX = to.x() - 6;
        int endY = to.y() + BOX_HEIGHT / 2;
        boolean bad = from.state() == State.ERROR && to.state() == State.ERROR;
        boolean dash = from.kind().equals("absent") || to.kind().equals("absent");
        return new Edge(
                path(startX, startY, endX, endY, to.x() - GAP / 2),
                "M%d %.1fl7 3.5-7 3.5z".formatted(endX - 1, endY - 3.5),
                bad ? "bad" : dash ? "dash" : "");
    }

    /// Straight, or along, down or up with round corners, and along.
    private static String path(int startX, int startY, int endX, int endY, int turn) {
        if (startY == endY) {
            return "M%d %dH%d".formatted(startX, startY, endX);
        }
        int bend = endY > startY ? 6 : -6;
        return "M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d"
                .formatted(
                        startX,
                        startY,
                        turn - 6,
                        turn,
                        startY,
                        turn,
                        startY + bend,
                        endY - bend,
                        turn,
                        endY,
                        turn + 6,
                        endY,
                        endX);
    }
}
