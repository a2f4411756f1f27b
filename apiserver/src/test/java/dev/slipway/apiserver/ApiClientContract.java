package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every form of [ApiClient] does alike.
abstract class ApiClientContract {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    abstract ApiClient client();

    /// A client whose token is not known, or who may do nothing.
    abstract ApiClient stranger();

    private static Map<String, Object> map(String name, String value) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "labels", Map.of("suite", "contract")),
                "data",
                Map.of("key", value));
    }

    @Test
    void createsAndReadsBack() {
        var made = client().json(Call.with("POST", MAPS, map("made", "one")));

        assertThat(Json.at(made, "metadata", "uid")).isInstanceOf(String.class);
        assertThat(client().get(MAPS + "/made").at("data", "key")).isEqualTo("one");
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(client().find(MAPS + "/nothing")).isEmpty();
    }

    @Test
    void throwsTheProblemOfARefusedWrite() {
        client().json(Call.with("POST", MAPS, map("taken", "one")));

        assertThatThrownBy(() -> client().json(Call.with("POST", MAPS, map("taken", "two"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().reason()).isEqualTo(Reason.ALREADY_EXISTS);
                            assertThat(e.problem().message())
                                    .isEqualTo("configmaps \"taken\" already exists");
                        });
    }

    @Test
    void refusesAStaleWrite() {
        var first = client().json(Call.with("POST", MAPS, map("stale", "one")));
        client().json(Call.with("PUT", MAPS + "/stale", map("stale", "two")));

        assertThatThrownBy(() -> client().json(Call.with("PUT", MAPS + "/stale", first)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void readsQueriesWithEncodedCharacters() {
        client().json(Call.with("POST", MAPS, map("selected", "one")));

        var list =
                client().json(
                                Call.get(
                                        MAPS
                                                + "?labelSelector=suite%20in%20(contract)&fieldSelector=metadata.name%3Dselected"));

        assertThat(Json.list(list, "items")).hasSize(1);
    }

    @Test
    void streamsEventsAsTheyHappen() throws IOException {
        try (var watch =
                client().send(Call.get(MAPS + "?watch=true&fieldSelector=metadata.name=watched"))) {
            assertThat(watch.status()).isEqualTo(200);
            var lines =
                    new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8));

            client().json(Call.with("POST", MAPS, map("watched", "one")));
            assertThat(event(lines)).isEqualTo(List.of("ADDED", "one"));
            client().json(Call.with("PUT", MAPS + "/watched", map("watched", "two")));
            assertThat(event(lines)).isEqualTo(List.of("MODIFIED", "two"));
            client().json(Call.with("DELETE", MAPS + "/watched", Map.of()));
            assertThat(event(lines)).isEqualTo(List.of("DELETED", "two"));
        }
    }

    private static List<Object> event(BufferedReader lines) throws IOException {
        var event = Json.readObject(lines.readLine());
        return List.of(event.get("type"), Json.at(event, "object", "data", "key"));
    }

    @Test
    void givesHeadersByLowerCaseName() {
        try (var reply = client().send(Call.get("/version"))) {
            assertThat(reply.headers()).containsEntry("content-type", "application/json");
        }
    }

    @Test
    void doesNotServeStrangers() {
        try (var reply = stranger().send(Call.get(MAPS))) {
            assertThat(reply.status()).isIn(401, 403);
        }
    }
}
