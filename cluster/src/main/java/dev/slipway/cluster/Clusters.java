package dev.slipway.cluster;

import dev.slipway.cluster.batch.CronJobPlayer;
import dev.slipway.cluster.batch.JobPlayer;
import dev.slipway.cluster.network.AutoscalerPlayer;
import dev.slipway.cluster.pod.PodPlayer;
import dev.slipway.cluster.pod.Room;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Simulations;
import dev.slipway.cluster.workload.BudgetPlayer;
import dev.slipway.cluster.workload.DaemonSetPlayer;
import dev.slipway.cluster.workload.DeploymentPlayer;
import dev.slipway.cluster.workload.ReplicaSetPlayer;
import dev.slipway.cluster.workload.StatefulSetPlayer;
import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Clusters as a feature: the kind, its rules, and the players of a simulated one.
public final class Clusters implements Feature {
    private final Clock clock;
    private final Optional<Rbac> rbac;

    /// Where nobody's rights are asked for.
    public Clusters(Clock clock) {
        this(clock, Optional.empty());
    }

    /// @param rbac the rights of those who write rules
    public Clusters(Clock clock, Rbac rbac) {
        this(clock, Optional.of(rbac));
    }

    private Clusters(Clock clock, Optional<Rbac> rbac) {
        this.clock = clock;
        this.rbac = rbac;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(ClusterKind.kind());
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(new ClusterAdmitter(rbac.map(RuleRights::new)), new FaultAdmitter());
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        var simulations = new Simulations();
        var room = new Room();
        return List.of(
                new ClusterController(resources, clock),
                new PlayController(resources, simulations, players(room), room, clock),
                new EndpointsController(resources, simulations, clock));
    }

    private static List<Player> players(Room room) {
        return List.of(
                new PodPlayer(room),
                new ReplicaSetPlayer(),
                new DeploymentPlayer(),
                new StatefulSetPlayer(),
                new DaemonSetPlayer(),
                new JobPlayer(),
                new CronJobPlayer(),
                new AutoscalerPlayer(),
                new BudgetPlayer());
    }
}
