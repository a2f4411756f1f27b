package dev.slipway.apiserver.fuzz;

import dev.slipway.apiserver.Api;
import dev.slipway.apiserver.TestApi;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.TestClock;
import dev.slipway.testkit.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The API over a small world of its own, and what must be true of each of its answers, whatever was asked.
///
/// The world is made anew after [#MOST_REQUESTS], so that what was stored does not pile up. Belongs to one thread.
final class Door {
    /// After which time an answer counts as none.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_REQUESTS = 2_000;

    static final Map<String, List<String>> NO_QUERY = Map.of();
    static final String JSON = "application/json";

    /// What was answered; the body is empty where it would go on for ever.
    record Answer(int status, Map<String, Object> body) {
        boolean isDone() {
            return status < 400;
        }
    }

    private World world;
    private Api api;
    private int requests;

    Door() {
        open();
    }

    private void open() {
        requests = 0;
        world = World.at(new TestClock());
        api = TestApi.over(world).api();
        world.apply(Thing.DEFINITION);
        world.settle();
    }

    /// Puts an object there, as the input expects it.
    void prepare(String yaml) {
        if (requests > MOST_REQUESTS) {
            world.close();
            open();
        }
        world.apply(yaml);
    }

    void settle() {
        world.settle();
    }

    Answer send(
            String method, String path, Map<String, List<String>> query, String type, byte[] body) {
        var request =
                new WebRequest(
                        method,
                        path,
                        query,
                        Map.of("content-type", type, "accept", JSON),
                        body,
                        Identities.ADMIN);
        requests++;
        var start = System.nanoTime();
        var answer = answer(request);
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(PATIENCE) > 0) {
            throw new AssertionError(method + " " + path + " took " + took);
        }
        return answer;
    }

    private Answer answer(WebRequest request) {
        try {
            return switch (api.handle(request)) {
                case WebResponse.Whole(var status, _, var body) -> judged(request, status, body);
                case WebResponse.Streaming(var status, _, _, _) -> new Answer(status, Map.of());
            };
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("exhausted by " + shown(request), e);
        }
    }

    /// A client's mistake is told to the client, in words, with the field where there is one.
    private static Answer judged(WebRequest request, int status, byte[] body) {
        if (status >= 500) {
            throw new AssertionError(
                    status
                            + " for "
                            + shown(request)
                            + ": "
                            + new String(body, StandardCharsets.UTF_8));
        }
        if (status < 400) {
            return new Answer(
                    status, body.length > 0 && body[0] == '{' ? Json.readObject(body) : Map.of());
        }
        if (body.length == 0 || body[0] != '{') {
            return new Answer(status, Map.of());
        }
        var told = Json.readObject(body);
        var message = Json.string(told, "message");
        if (!"Status".equals(told.get("kind")) || message.isBlank()) {
            throw new AssertionError("says nothing to " + shown(request) + ": " + told);
        }
        if (tellsOfItself(message)
                && !tellsOfItself(request.path() + request.query() + text(request))) {
            throw new AssertionError("tells of itself to " + shown(request) + ": " + message);
        }
        if (status == 422
                && !isJsonPatch(request)
                && (!(Json.at(told, "details", "causes") instanceof List<?> causes)
                        || causes.isEmpty())) {
            throw new AssertionError("names no field to " + shown(request) + ": " + message);
        }
        return new Answer(status, told);
    }

    /// What is wrong with one is told in a fixed sentence, and clients know it.
    private static boolean isJsonPatch(WebRequest request) {
        return request.header("content-type").orElse("").equals("application/json-patch+json");
    }

    private static boolean tellsOfItself(String message) {
        return message.contains("Exception")
                || message.contains("java.")
                || message.contains("dev.slipway.kernel")
                || message.contains("class ")
                || message.contains("\tat ");
    }

    private static String text(WebRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static String shown(WebRequest request) {
        var body = text(request);
        return request.method()
                + " "
                + request.path()
                + " "
                + request.query()
                + " "
                + request.headers()
                + " "
                + body.substring(0, Math.min(2_000, body.length()));
    }
}
