package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.control.Feature;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.Operation;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an instance says of a resource that is refused by what is no part of its graph.
class RefusalsTest {
    private static final String EXCEEDED =
            "configmaps \"cm\" is forbidden: exceeded quota: team, requested: count/configmaps=1, used: count/configmaps=5, limited: count/configmaps=5";

    private final Quota quota = new Quota();

    @Test
    void tellsWhichResourceAQuotaRefusesAndGoesOnWhenThereIsRoom() {
        try (var world = World.of(new Graphs(Clock.systemUTC()), quota)) {
            world.apply(
                    Things.definition(
                            "{v: string}",
                            "{}",
                            "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}}}"));
            world.settle();
            world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
            world.eventually("it is refused", () -> state(world).equals("ERROR"));
            assertThat(String.valueOf(status(world, "conditions"))).contains(EXCEEDED);
            assertThat(String.valueOf(status(world, "nodes")))
                    .contains("id=cm", "name=cm", EXCEEDED);

            quota.full = false;
            world.eventually("it is tried again", () -> state(world).equals("ACTIVE"));
            assertThat(world.find("v1", "ConfigMap", "default", "cm")).isPresent();
        }
    }

    private static String state(World world) {
        return String.valueOf(status(world, "state"));
    }

    private static Object status(World world, String field) {
        return String.valueOf(
                world.find(Things.API_VERSION, "Thing", "default", "one")
                        .orElseThrow()
                        .at("status", field));
    }

    /// Refuses config maps as the admission of Kubernetes does where a quota is exceeded.
    private static final class Quota implements Feature, Admitter {
        private volatile boolean full = true;

        @Override
        public String name() {
            return "quota";
        }

        @Override
        public List<Admitter> admitters() {
            return List.of(this);
        }

        @Override
        public boolean concerns(KindKey kind) {
            return kind.equals(KindKey.of("", "configmaps"));
        }

        @Override
        public Verdict admit(Admission admission) {
            return full && admission.operation() == Operation.CREATE
                    ? new Verdict.Refused(Problem.of(Problem.Reason.FORBIDDEN, EXCEEDED))
                    : Verdict.admitted(admission.object());
        }
    }
}
