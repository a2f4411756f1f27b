package dev.slipway.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.portal.page.Drawing.Line;
import dev.slipway.portal.page.Drawing.Node;
import dev.slipway.portal.reading.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawingTest {
    @Test
    void ranksEachNodeRightOfAllThatItNeeds() {
        var ranks =
                Drawing.ranks(
                        Map.of(
                                "ingress", List.of("service"),
                                "service", List.of("deployment", "config"),
                                "deployment", List.of("config"),
                                "config", List.of("somebody-else")));

        assertThat(ranks)
                .isEqualTo(Map.of("config", 0, "deployment", 1, "service", 2, "ingress", 3));
    }

    @Test
    void survivesNodesThatNeedOneAnother() {
        assertThat(Drawing.ranks(Map.of("a", List.of("b"), "b", List.of("a"))))
                .containsOnlyKeys("a", "b");
    }

    @Test
    void ordersARankByNameWhateverTheStates() {
        var calm = draw(State.OK, State.OK);
        var trouble = draw(State.ERROR, State.PROGRESS);

        assertThat(titles(calm)).containsExactly("a", "b").isEqualTo(titles(trouble));
    }

    @Test
    void drawsThePathOfAFailureLast() {
        var nodes =
                List.of(
                        List.of(node("x", State.ERROR)),
                        List.of(node("a", State.ERROR), node("b", State.OK)));

        var drawing =
                Drawing.of(
                        "",
                        nodes,
                        List.of("", ""),
                        List.of(new Line("x", "a"), new Line("x", "b")));

        assertThat(drawing.edges()).extracting(Drawing.Edge::kind).containsExactly("", "bad");
    }

    @Test
    void drawsNoMoreThanItsBound() {
        var many = new ArrayList<Node>();
        for (int i = 0; i < Drawing.MAX_BOXES + 10; i++) {
            many.add(node("n" + i, State.OK));
        }

        assertThat(Drawing.of("", List.of(many), List.of(""), List.of()).boxes())
                .hasSize(Drawing.MAX_BOXES);
    }

    private static Drawing draw(State first, State second) {
        return Drawing.of(
                "", List.of(List.of(node("b", first), node("a", second))), List.of(""), List.of());
    }

    private static List<String> titles(Drawing drawing) {
        return drawing.boxes().stream().map(Drawing.Box::title).toList();
    }

    private static Node node(String id, State state) {
        return new Node(id, id, "", "", state, "");
    }
}
