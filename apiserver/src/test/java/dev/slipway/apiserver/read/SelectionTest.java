package dev.slipway.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What indexes find, against a look at the tree of each resource.
class SelectionTest {
    private static final Kind KIND =
            new Kind(
                    "example.com",
                    Names.of("apples", "Apple"),
                    true,
                    List.of(
                            new KindVersion(
                                    "v1",
                                    true,
                                    true,
                                    Schema.ANY,
                                    true,
                                    Optional.empty(),
                                    List.of(),
                                    List.of(".spec.colour", ".spec.size", ".status.ripe"),
                                    Optional.empty())),
                    List.of(),
                    Kind.Rules.CUSTOM);
    private static final Served SERVED = Served.stored(KIND);
    private static final KindKey KEY = KIND.key();
    private static final List<String> WORDS = List.of("a", "b", "c", "");
    private static final List<String> NAMESPACES = List.of("n", "n-1", "o");

    private final Random random;

    SelectionTest() {
        random = new Random();
    }

    /// Three that stay the same, and one that is new each time; a failure names it.
    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private byte[] body(ResourceKey key) {
        var labels = new LinkedHashMap<String, Object>();
        for (var label : List.of("app", "tier", "rare")) {
            if (random.nextInt(label.equals("rare") ? 20 : 3) > 0 != label.equals("rare")) {
                labels.put(label, word());
            }
        }
        labels.put("number", Integer.toString(random.nextInt(20)));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", key.name());
        metadata.put("labels", labels);
        Map<String, Object> spec = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            spec.put("colour", word());
            spec.put("size", (long) random.nextInt(5));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "example.com/v1");
        tree.put("kind", "Apple");
        tree.put("metadata", metadata);
        tree.put("spec", spec);
        tree.put("status", Map.of("ripe", random.nextBoolean()));
        return Json.write(tree);
    }

    private void change(Store store) {
        var namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        var key = KEY.resource(namespace, "x" + random.nextInt(200));
        var exists = store.state().get(key).isPresent();
        var operation =
                !exists
                        ? Operation.CREATE
                        : random.nextInt(4) == 0 ? Operation.DELETE : Operation.UPDATE;
        store.commit(
                Commit.of(
                        new Change(key, operation, "uid", body(key)),
                        List.of(),
                        Attribution.of("ann")));
    }

    private String labels() {
        var terms =
                List.of(
                        "app=" + word(),
                        "app in (a, " + word() + ")",
                        "tier",
                        "!tier",
                        "tier!=" + word(),
                        "tier notin (a,b)",
                        "number>" + random.nextInt(20),
                        "number in (1,2,3)",
                        "rare",
                        "rare=" + word());
        return some(terms);
    }

    private String fields() {
        var terms =
                List.of(
                        "spec.colour=" + word(),
                        "spec.colour!=" + word(),
                        "spec.size=" + random.nextInt(6),
                        "status.ripe=true",
                        "metadata.name=x" + random.nextInt(200),
                        "metadata.name!=x1",
                        "metadata.namespace=n");
        return random.nextInt(3) == 0 ? some(terms) : "";
    }

    private String some(List<String> terms) {
        var chosen = new ArrayList<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            chosen.add(terms.get(random.nextInt(terms.size())));
        }
        return String.join(",", chosen);
    }

    /// The selector by its definition, on the tree.
    private static boolean naive(Selection selection, StoredObject object) {
        var resource = object.resource();
        return (selection.namespace().isEmpty()
                        || selection.namespace().equals(object.key().namespace()))
                && selection.labels().requirements().stream()
                        .allMatch(one -> one.matches(resource.label(one.key())))
                && selection.fields().requirements().stream()
                        .allMatch(one ->
                                one.equal()
                                        == field(object, resource, one.path()).equals(one.value()));
    }

    private static String field(StoredObject object, Resource resource, String path) {
        if (path.equals("metadata.namespace")) {
            return object.key().namespace();
        }
        var value = Json.at(resource.tree(), path.split("\\.", -1));
        return value == null ? "" : value.toString();
    }

    private static List<StoredObject> paged(Selection selection, State state, int limit) {
        var found = new ArrayList<StoredObject>();
        Optional<ContinueToken> sent = Optional.empty();
        while (true) {
            var page =
                    selection.candidates(state, sent).stream()
                            .filter(selection::holds)
                            .limit(limit)
                            .toList();
            found.addAll(page);
            if (page.size() < limit) {
                return found;
            }
            sent = Optional.of(ContinueToken.after(page.getLast().key(), state.revision()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatALookAtEachResourceFinds(long seed) {
        random.setSeed(seed);
        try (var store = new MemoryStore(Clock.systemUTC())) {
            var states = new ArrayList<State>();
            for (int step = 0; step < 900; step++) {
                change(store);
                states.add(store.state());
                if (step % 9 == 0) {
                    compare(random.nextInt(8) > 0 ? store.state() : any(states));
                }
            }
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void compare(State state) {
        var selection =
                new Selection(
                        SERVED,
                        random.nextBoolean() ? "" : any(NAMESPACES),
                        LabelSelector.parse(labels()),
                        FieldSelector.parse(fields(), SERVED));
        var expected = state.list(KEY).stream().filter(one -> naive(selection, one)).toList();

        assertThat(selection.candidates(state).stream().filter(selection::holds))
                .as("%s", selection)
                .containsExactlyElementsOf(expected);
        assertThat(paged(selection, state, 1 + random.nextInt(40)))
                .as("pages of %s", selection)
                .containsExactlyElementsOf(expected);
    }
}
