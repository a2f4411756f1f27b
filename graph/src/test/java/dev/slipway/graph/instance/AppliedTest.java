package dev.slipway.graph.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppliedTest {
    private static final Applied.Digest ONE = Applied.Digest.of(Map.of("a", 1L));
    private static final Applied.Digest OTHER = Applied.Digest.of(Map.of("a", 2L));

    private final Applied applied = new Applied();
    private final Kind kind = kind();

    @Test
    void knowsWhatIsStillAsItWasApplied() {
        put("one", 7);
        assertThat(applied.isSo(live("one", 7), kind, ONE)).isTrue();
    }

    @Test
    void knowsNothingOfWhatItDidNotSee() {
        assertThat(applied.isSo(live("one", 7), kind, ONE)).isFalse();
    }

    @Test
    void seesThatSomebodyChangedTheResource() {
        put("one", 7);
        assertThat(applied.isSo(live("one", 8), kind, ONE)).isFalse();
    }

    @Test
    void seesThatSomethingElseIsWanted() {
        put("one", 7);
        assertThat(applied.isSo(live("one", 7), kind, OTHER)).isFalse();
    }

    @Test
    void seesThatTheKindBecameAnother() {
        put("one", 7);
        assertThat(applied.isSo(live("one", 7), kind(), ONE)).isFalse();
    }

    @Test
    void forgetsWhatWasLeastUsedWhenItRemembersTooMuch() {
        put("first", 1);
        put("used", 2);
        for (int i = 0; i < Applied.MAX_REMEMBERED - 2; i++) {
            put("more-" + i, 3 + i);
        }
        assertThat(applied.isSo(live("used", 2), kind, ONE)).isTrue();
        put("first-again", 1_000_000);
        put("second-again", 1_000_001);
        assertThat(applied.isSo(live("first", 1), kind, ONE)).isFalse();
        assertThat(applied.isSo(live("used", 2), kind, ONE)).isTrue();
    }

    private void put(String name, long revision) {
        applied.put(live(name, revision).key(), kind, ONE, Long.toString(revision));
    }

    private static StoredObject live(String name, long revision) {
        return new StoredObject(
                KindKey.of("", "configmaps").resource("default", name), revision, new byte[0]);
    }

    private static Kind kind() {
        return new Kind(
                "test",
                Names.of("things", "Thing"),
                true,
                List.of(KindVersion.of("v1", Schema.ANY)),
                List.of(),
                Kind.Rules.CUSTOM);
    }
}
