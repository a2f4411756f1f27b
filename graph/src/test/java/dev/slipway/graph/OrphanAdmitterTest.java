package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.graph.instance.Orphaning;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrphanAdmitterTest {
    private static final String OURS = "kro.run/finalizer";

    @Test
    void keepsTheWishWhenItsFinalizerGoesFirst() {
        var written = written(terminating(OURS, "orphan"), terminating(OURS));
        assertThat(Orphaning.isAsked(written)).isTrue();
    }

    @Test
    void writesNothingOnOtherWrites() {
        for (var after : List.of(terminating(OURS, "orphan"), terminating("orphan"))) {
            assertThat(written(terminating(OURS, "orphan"), after)).isEqualTo(after);
        }
        assertThat(written(terminating(OURS, "test.dev/hold"), terminating(OURS)))
                .isEqualTo(terminating(OURS));
        assertThat(written(terminating("orphan", "test.dev/hold"), terminating("test.dev/hold")))
                .isEqualTo(terminating("test.dev/hold"));
    }

    private static Resource written(Resource old, Resource object) {
        var kinds = new KindIndex(BuiltInKinds.load(), 0);
        try (var store = new MemoryStore(Clock.systemUTC())) {
            var verdict =
                    new OrphanAdmitter()
                            .admit(
                                    new Admission(
                                            kinds.byKind("v1", "ConfigMap").orElseThrow(),
                                            Operation.UPDATE,
                                            "",
                                            Optional.of(old),
                                            object,
                                            store.state(),
                                            kinds,
                                            "tester"));
            assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
            return ((Verdict.Admitted) verdict).object();
        }
    }

    private static Resource terminating(String... finalizers) {
        return new Resource(
                Json.readObject(
                        """
                        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one",
                         "deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": %s}}
                        """
                                .formatted(Json.text(List.of((Object[]) finalizers)))));
    }
}
