package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells on an instance how far a long pass is, where its status is still about what was before; a pass that is through
/// within [#FIRST] tells nothing but what came of it.
///
/// Used for one pass, by one thread.
final class Progress {
    /// How long a pass has to take until it is told; then again whenever it took twice as long.
    static final Duration FIRST = Duration.ofSeconds(1);

    /// After how many nodes at the earliest: where a few take long, the machine is busy, and more writes would not help.
    static final int LEAST = 20;

    private final int nodes;
    private final boolean outdated;
    private final Set<String> broken;
    private final Clock clock;
    private final Instant began;
    private final Consumer<InstanceStatus> told;
    private Instant next;

    /// @param instance as the pass found it
    /// @param nodes how many there are
    /// @param told writes the status
    Progress(Resource instance, int nodes, Clock clock, Consumer<InstanceStatus> told) {
        this.nodes = nodes;
        this.outdated = isOutdated(instance);
        this.broken =
                Json.string(instance.status(), "state").equals("ERROR")
                        ? broken(instance)
                        : Set.of();
        this.clock = clock;
        this.told = told;
        this.began = clock.instant();
        this.next = began.plus(FIRST);
    }

    /// Whether nothing is said yet, or what is said is about an earlier generation.
    private static boolean isOutdated(Resource instance) {
        return Json.string(instance.status(), "state").isEmpty()
                || Json.list(instance.status(), "conditions").stream()
                        .map(one -> Json.at(one, "observedGeneration"))
                        .noneMatch(Long.valueOf(instance.generation())::equals);
    }

    private static Set<String> broken(Resource instance) {
        return Json.list(instance.status(), "nodes").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> Json.string(one, "state").equals(NodeState.ERROR.name()))
                .map(one -> Json.string(one, "id"))
                .collect(Collectors.toSet());
    }

    /// Called after each node.
    ///
    /// @param reports on the nodes that were looked at
    void at(Collection<NodeReport> reports) {
        if (reports.size() < LEAST) {
            return;
        }
        var now = clock.instant();
        if (now.isBefore(next) || !(outdated || isMended(reports))) {
            return;
        }
        next = now.plus(Duration.between(began, now));
        told.accept(
                InstanceStatus.working(
                        (int) reports.stream().filter(NodeReport::isSettled).count(), nodes));
    }

    /// Whether all that was wrong is looked at again, and right.
    private boolean isMended(Collection<NodeReport> reports) {
        return !broken.isEmpty()
                && reports.stream()
                        .filter(report -> report.state() != NodeState.ERROR)
                        .map(report -> report.node().id())
                        .collect(Collectors.toSet())
                        .containsAll(broken);
    }
}
