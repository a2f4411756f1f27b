package dev.slipway.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void namesThePathsThatDiffer() {
        var before = Json.readObject("{\"a\":1,\"b\":{\"c\":[{\"d\":1},{\"d\":2}]},\"gone\":0}");
        var after = Json.readObject("{\"a\":1,\"b\":{\"c\":[{\"d\":1},{\"d\":3}]},\"new\":0}");

        assertThat(Differences.between(before, after)).containsExactly("b.c[1].d", "gone", "new");
    }

    @Test
    void namesAListAsAWholeThatGrew() {
        var before = Json.readObject("{\"list\":[1]}");
        var after = Json.readObject("{\"list\":[1,2]}");

        assertThat(Differences.between(before, after)).containsExactly("list");
    }

    @Test
    void boundsHowManyItNames() {
        var many =
                IntStream.range(0, 500)
                        .mapToObj(i -> "\"k" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));

        assertThat(Differences.between(Json.readObject("{}"), Json.readObject(many)))
                .hasSize(Differences.MAX_PATHS);
    }
}
