package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;

/// Plays deployments: a replica set for each template, rolled out as the strategy says.
public final class DeploymentPlayer implements Player {
    @Override
    public KindKey kind() {
        return ClusterKinds.DEPLOYMENTS;
    }

    @Override
    public void play(Stage stage, Resource deployment) {
        var rollout = Rollout.of(stage, deployment);
        if (rollout.isPaused()) {
            Scaling.of(rollout).scale();
        } else if (rollout.isScaled()) {
            var begun = rollout.begun();
            Scaling.of(begun).scale();
            rollout = begun;
        } else {
            rollout = rollout.isRecreate() ? recreate(rollout) : roll(rollout.begun());
        }
        var seen = rollout.again();
        new DeploymentStatus(stage, seen).write();
        if (!seen.isPaused()) {
            seen.forgetOld();
        }
    }

    /// The old pods go before the new ones come.
    private static Rollout recreate(Rollout rollout) {
        rollout.old().forEach(set -> rollout.scale(set, 0));
        if (rollout.old().stream().anyMatch(rollout::hasPods)) {
            return rollout;
        }
        var begun = rollout.begun();
        begun.current().ifPresent(set -> begun.scale(set, begun.replicas()));
        return begun;
    }

    /// New pods come as far as the surge allows, old ones go as far as enough are available.
    private static Rollout roll(Rollout rollout) {
        var scaled =
                rollout.current()
                        .map(set -> rollout.scale(set, rollout.replicasOfNew(set)))
                        .orElse(false);
        if (!scaled) {
            rollout.scaleOldDown();
        }
        return rollout;
    }
}
