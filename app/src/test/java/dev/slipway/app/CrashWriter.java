package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One client that creates, replaces and deletes its own few objects, and knows which of it was answered.
final class CrashWriter {
    static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private static final int NAMES = 6;

    private final String prefix;
    private final Random random;
    private final AtomicInteger answers;

    /// The text of each object as the last answer left it; none where it was deleted.
    private final Map<String, Optional<String>> answered = new HashMap<>();

    private final List<Long> revisions = new ArrayList<>();
    private int texts;

    /// The name and text of the write that nobody answered.
    private @Nullable String asked;

    private Optional<String> askedText = Optional.empty();

    CrashWriter(String prefix, long seed, AtomicInteger answers) {
        this.prefix = prefix;
        this.random = new Random(seed);
        this.answers = answers;
    }

    /// The revisions that were answered.
    List<Long> revisions() {
        return revisions;
    }

    /// Writes until an answer fails to come.
    void write(ApiClient api) {
        try {
            while (true) {
                var name = prefix + "-" + random.nextInt(NAMES);
                var before = answered.getOrDefault(name, Optional.empty());
                asked = name;
                askedText =
                        before.isPresent() && random.nextInt(4) == 0
                                ? Optional.empty()
                                : Optional.of("text " + prefix + " " + texts++);
                write(api, name, before).ifPresent(revisions::add);
                answered.put(name, askedText);
                asked = null;
                answers.incrementAndGet();
            }
        } catch (ProblemException e) {
            assertThat(e.problem().reason().status()).as(e.getMessage()).isEqualTo(503);
        }
    }

    /// The revision that the answer names; the one to a deletion names none.
    private Optional<Long> write(ApiClient api, String name, Optional<String> before) {
        if (askedText.isEmpty()) {
            api.json(delete(name));
            return Optional.empty();
        }
        var body = body(name, askedText.get());
        var written =
                before.isEmpty()
                        ? api.json(Call.with("POST", CONFIG_MAPS, body))
                        : api.json(Call.with("PUT", CONFIG_MAPS + "/" + name, body));
        return Optional.of(Long.valueOf(new Resource(written).resourceVersion()));
    }

    private static Call delete(String name) {
        return new Call(
                "DELETE",
                CONFIG_MAPS + "/" + name,
                Map.of("Accept", "application/json"),
                new byte[0]);
    }

    /// The text twice, so that half of an object can be told from a whole one.
    private static Map<String, Object> body(String name, String text) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name),
                "data",
                Map.of("one", text, "two", text));
    }

    /// Holds what is stored against what was answered; takes over what came of the write without an answer.
    void check(Map<String, Object> list, String where) {
        var stored = new HashMap<String, Resource>();
        for (var item : Json.list(list, "items")) {
            var object = new Resource(Json.cast((Map<?, ?>) item));
            if (object.name().startsWith(prefix + "-")) {
                stored.put(object.name(), object);
            }
        }
        for (int i = 0; i < NAMES; i++) {
            var name = prefix + "-" + i;
            var known = answered.getOrDefault(name, Optional.<String>empty());
            var found = Optional.ofNullable(stored.get(name)).map(one -> text(one, where));
            if (name.equals(asked) && !found.equals(known)) {
                assertThat(found).as("%s: %s, unanswered", where, name).isEqualTo(askedText);
                answered.put(name, askedText);
            } else {
                assertThat(found).as("%s: %s", where, name).isEqualTo(known);
            }
        }
        asked = null;
    }

    private static String text(Resource object, String where) {
        var one = String.valueOf(object.at("data", "one"));
        assertThat(object.at("data", "two"))
                .as("%s: %s is whole", where, object.name())
                .isEqualTo(one);
        return one;
    }
}
