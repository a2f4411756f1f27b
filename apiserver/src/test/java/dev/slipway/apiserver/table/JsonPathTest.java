package dev.slipway.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    private static final Map<String, Object> TREE =
            Json.readObject(
                    """
                    {"metadata": {"annotations": {"a.b/c": "dotted"}},
                     "spec": {"replicas": 3, "ports": [{"name": "http", "port": 80}, {"name": "db", "port": 5432}]},
                     "status": {"conditions": [
                       {"type": "Synced", "status": "False"},
                       {"type": "Ready", "status": "True", "reason": "All [is] well"}]}}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".spec.replicas | 3",
                ".spec.ports[0].name | http",
                ".spec.ports[-1].port | 5432",
                ".spec.ports[*].port | 80",
                ".spec['replicas'] | 3",
                ".metadata.annotations.a\\.b/c | dotted",
                ".metadata.annotations['a.b/c'] | dotted",
                ".status.conditions[?(@.type==\"Ready\")].status | True",
                ".status.conditions[?(@.type == 'Ready')].reason | All [is] well",
                ".status.conditions[?(@.type!=\"Ready\")].status | False",
                ".spec.ports[?(@.port==80)].name | http"
            })
    void finds(String path, String expected) {
        assertThat(JsonPath.parse(path).first(TREE).map(Object::toString)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".spec.gone",
                ".spec.replicas.deeper",
                ".spec.ports[7]",
                ".spec.ports[",
                ".spec.ports[?(x)]",
                "spec",
                ".status.conditions[?(@.type==\"Gone\")].status"
            })
    void findsNothing(String path) {
        assertThat(JsonPath.parse(path).first(TREE)).isEmpty();
    }

    @Test
    void findsEverythingInOrder() {
        assertThat(JsonPath.parse(".spec.ports[*].name").results(TREE))
                .containsExactly("http", "db");
    }
}
