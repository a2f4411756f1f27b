package dev.slipway.kernel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Related.Direction;
import dev.slipway.kernel.relations.Relation.Target;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelationsTest {
    private static final KindKey TEAMS = KindKey.of("example.test", "teams");
    private static final KindKey APPS = KindKey.of("example.test", "apps");
    private static final KindKey REALMS = KindKey.of("example.test", "realms");

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private Kinds kinds =
            new KindIndex(
                    List.of(
                            kind("teams", "Team", true),
                            kind("apps", "App", true),
                            kind("realms", "Realm", false)),
                    1);
    private final Relations relations = new Relations(store, () -> kinds);

    RelationsTest() {
        relations.register(List.of(new References()));
    }

    @Test
    void tellsBothEndsOfARelation() {
        create(team("core"));
        create(app("web", "team:default/core"));

        assertThat(relations.of(key(APPS, "web")))
                .containsExactly(
                        new Related(
                                Direction.OUT,
                                "refersTo",
                                "spec.refs[0]",
                                "team:default/core",
                                new Target("example.test", "Team", "default", "core"),
                                java.util.Optional.of(key(TEAMS, "core"))));
        assertThat(relations.of(key(TEAMS, "core")))
                .containsExactly(
                        new Related(
                                Direction.IN,
                                "referredBy",
                                "spec.refs[0]",
                                "team:default/core",
                                new Target("example.test", "App", "default", "web"),
                                java.util.Optional.of(key(APPS, "web"))));
    }

    @Test
    void followsWhatIsWrittenAfterAQuestion() {
        create(app("web", "team:default/core"));
        assertThat(relations.dangling(key(APPS, "web")))
                .extracting(Related::reference)
                .containsExactly("team:default/core");

        create(team("core"));
        assertThat(relations.dangling(key(APPS, "web"))).isEmpty();

        delete(team("core"));
        assertThat(relations.dangling(key(APPS, "web"))).hasSize(1);

        update(app("web"));
        assertThat(relations.of(key(APPS, "web"))).isEmpty();
        assertThat(relations.of(key(TEAMS, "core"))).isEmpty();
        assertThat(relations.revision()).isEqualTo(store.state().revision());
    }

    @Test
    void tellsWhoRefersToWhatDoesNotExist() {
        create(app("web", "team:default/core"));
        create(app("api", "team:default/core"));

        assertThat(relations.sources(key(TEAMS, "core")))
                .containsExactlyInAnyOrder(key(APPS, "web"), key(APPS, "api"));
        assertThat(relations.of(key(TEAMS, "core"))).hasSize(2);
    }

    @Test
    void readsTheStateThatWasThereBefore() {
        create(team("core"));
        create(app("web", "team:default/core"));
        var later = new Relations(store, () -> kinds);
        later.register(List.of(new References()));

        assertThat(later.sources(key(TEAMS, "core"))).containsExactly(key(APPS, "web"));
    }

    @Test
    void findsATargetWhateverItsCase() {
        create(team("Core"));
        create(app("web", "TEAM:default/cORE"));

        assertThat(relations.dangling(key(APPS, "web"))).isEmpty();
        assertThat(relations.sources(key(TEAMS, "Core"))).containsExactly(key(APPS, "web"));
    }

    @Test
    void prefersTheTargetOfExactlyThatName() {
        create(team("Core"));
        create(team("core"));
        create(app("web", "team:default/core"));

        assertThat(relations.sources(key(TEAMS, "core"))).containsExactly(key(APPS, "web"));
        assertThat(relations.sources(key(TEAMS, "Core"))).isEmpty();
    }

    @Test
    void knowsANameThatDiffersByCaseOnly() {
        create(team("Core"));
        create(team("other"));

        assertThat(relations.twin(key(TEAMS, "core"))).contains(key(TEAMS, "Core"));
        assertThat(relations.twin(key(TEAMS, "CORE"))).contains(key(TEAMS, "Core"));
        assertThat(relations.twin(key(TEAMS, "Other"))).contains(key(TEAMS, "other"));
        assertThat(relations.twin(key(TEAMS, "Core"))).isEmpty();
        assertThat(relations.twin(TEAMS.resource("elsewhere", "core"))).isEmpty();
        assertThat(relations.twin(key(APPS, "core"))).isEmpty();

        delete(team("Core"));
        assertThat(relations.twin(key(TEAMS, "core"))).isEmpty();
    }

    @Test
    void tellsAnEdgeThatBothEndsStateOnce() {
        create(object("teams", "Team", "core", "app:default/web|hasApp|appOf"));
        create(object("apps", "App", "web", "team:default/core|appOf|hasApp"));

        assertThat(relations.of(key(APPS, "web")))
                .singleElement()
                .satisfies(one -> assertThat(one.direction()).isEqualTo(Direction.OUT))
                .satisfies(one -> assertThat(one.type()).isEqualTo("appOf"));
    }

    @Test
    void readsOwnerReferencesOfEveryKind() {
        create(object("realms", "Realm", "", "top", List.of()));
        var owned = app("web");
        owned.tree()
                .put(
                        "metadata",
                        Map.of(
                                "name",
                                "web",
                                "namespace",
                                "default",
                                "ownerReferences",
                                List.of(
                                        Map.of(
                                                "apiVersion",
                                                "example.test/v1",
                                                "kind",
                                                "Realm",
                                                "name",
                                                "top",
                                                "uid",
                                                "1"))));
        create(owned);

        assertThat(relations.of(REALMS.resource("", "top")))
                .extracting(Related::type, Related::reference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("controls", "app:default/web"));
    }

    @Test
    void takesTheOnlyGroupThatHasAKind() {
        create(team("core"));
        create(app("web", "*team:default/core"));
        assertThat(relations.dangling(key(APPS, "web"))).isEmpty();

        kinds =
                new KindIndex(
                        List.of(
                                kind("teams", "Team", true),
                                new Kind(
                                        "other.test",
                                        Names.of("teams", "Team"),
                                        true,
                                        List.of(KindVersion.of("v1", Schema.ANY)),
                                        List.of(),
                                        Kind.Rules.CUSTOM)),
                        2);
        assertThat(relations.dangling(key(APPS, "web"))).hasSize(1);
    }

    @Test
    void losesOnlyTheRelationsThatCannotBeRead() {
        create(app("web", "broken"));
        create(app("api", "team:default/core"));

        assertThat(relations.of(key(APPS, "web"))).isEmpty();
        assertThat(relations.of(key(APPS, "api"))).hasSize(1);
    }

    /// Reads `[*]kind:namespace/name[|type|inverse]` from `spec.refs`.
    private static final class References implements RelationExtractor {
        @Override
        public boolean concerns(KindKey kind) {
            return !kind.equals(REALMS);
        }

        @Override
        public List<Relation> relations(Resource resource) {
            var found = new ArrayList<Relation>();
            for (var ref : Json.list(resource.spec(), "refs")) {
                var parts = String.valueOf(ref).split("\\|", -1);
                found.add(
                        new Relation(
                                parts.length > 1 ? parts[1] : "refersTo",
                                parts.length > 1 ? parts[2] : "referredBy",
                                "spec.refs[" + found.size() + "]",
                                parts[0],
                                target(parts[0])));
            }
            return found;
        }

        private static Target target(String written) {
            var any = written.startsWith("*");
            var parts = written.substring(any ? 1 : 0).split("[:/]", -1);
            return new Target(
                    any ? Target.ANY_GROUP : "example.test", parts[0], parts[1], parts[2]);
        }
    }

    private static Kind kind(String plural, String kind, boolean namespaced) {
        return new Kind(
                "example.test",
                Names.of(plural, kind),
                namespaced,
                List.of(KindVersion.of("v1", Schema.ANY)),
                List.of(),
                Kind.Rules.CUSTOM);
    }

    private static ResourceKey key(KindKey kind, String name) {
        return kind.resource("default", name);
    }

    private static Stated team(String name) {
        return object("teams", "Team", name);
    }

    private static Stated app(String name, Object... refs) {
        return object("apps", "App", name, refs);
    }

    private static Stated object(String plural, String kind, String name, Object... refs) {
        return object(plural, kind, "default", name, List.of(refs));
    }

    private record Stated(ResourceKey key, Map<String, Object> tree) {}

    private static Stated object(
            String plural, String kind, String namespace, String name, List<Object> refs) {
        var tree = new java.util.LinkedHashMap<String, Object>();
        tree.put("apiVersion", "example.test/v1");
        tree.put("kind", kind);
        tree.put("metadata", Map.of("name", name, "namespace", namespace));
        tree.put("spec", Map.of("refs", refs));
        return new Stated(KindKey.of("example.test", plural).resource(namespace, name), tree);
    }

    private void create(Stated stated) {
        commit(stated, Operation.CREATE);
    }

    private void update(Stated stated) {
        commit(stated, Operation.UPDATE);
    }

    private void delete(Stated stated) {
        commit(stated, Operation.DELETE);
    }

    private void commit(Stated stated, Operation operation) {
        var change = new Change(stated.key(), operation, "uid", Json.write(stated.tree()));
        assertThat(store.commit(Commit.of(change, List.of(), Attribution.of("ann"))))
                .isInstanceOf(Outcome.Committed.class);
    }
}
