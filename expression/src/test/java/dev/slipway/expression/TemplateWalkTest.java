package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateWalkTest {
    @Test
    void showsValuesWithTheirPathsAndNoKeys() {
        List<String> seen = new ArrayList<>();
        TemplateWalk.visit(
                Map.of(
                        "spec",
                        Map.of("containers", List.of(Map.of("image", "x"), List.of("y", 1L)))),
                (path, text) -> seen.add(path + "=" + text));
        assertThat(seen).containsExactly("spec.containers[0].image=x", "spec.containers[1][0]=y");
    }

    @Test
    void quotesKeysThatWouldBeAmbiguous() {
        List<String> seen = new ArrayList<>();
        TemplateWalk.visit(Map.of("a", Map.of("b.c/d\"", "x")), (path, _) -> seen.add(path));
        assertThat(seen).containsExactly("a[\"b.c/d\\\"\"]");
    }

    @Test
    void replacesInACopy() {
        Map<String, Object> tree = Map.of("a", List.of("x", 2L));
        assertThat(TemplateWalk.replace(tree, (_, text) -> Map.of("was", text)))
                .isEqualTo(Map.of("a", List.of(Map.of("was", "x"), 2L)));
        assertThat(tree).isEqualTo(Map.of("a", List.of("x", 2L)));
    }

    @Test
    void refusesATreeThatIsTooDeep() {
        Object tree = "x";
        for (int depth = 0; depth <= TemplateWalk.MAXIMAL_DEPTH; depth++) {
            tree = List.of(tree);
        }
        Object deep = tree;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemplateWalk.visit(deep, (_, _) -> {}))
                .withMessageContaining("deeper than 512");
    }
}
