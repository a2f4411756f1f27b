package dev.slipway.cluster.workload;

import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A change of the number of pods while a rollout is under way or paused: shared among the replica sets by their sizes.
record Scaling(Rollout rollout) {
    static Scaling of(Rollout rollout) {
        return new Scaling(rollout);
    }

    void scale() {
        var active = rollout.all().stream().filter(set -> Rollout.specReplicas(set) > 0).toList();
        if (active.size() <= 1) {
            var one = active.isEmpty() ? rollout.current() : active.stream().findFirst();
            one.ifPresent(set -> resize(set, rollout.replicas()));
        } else {
            share(active);
        }
    }

    private void share(List<Resource> active) {
        var most = rollout.replicas() > 0 ? rollout.replicas() + rollout.surge() : 0;
        var total = Rollout.sum(active, Rollout::specReplicas);
        var left = most - total;
        var sizes = new ArrayList<Long>();
        var largest = new ArrayList<>(active);
        largest.sort(Comparator.comparingLong(Rollout::specReplicas).reversed());
        for (var set : largest) {
            var has = Rollout.specReplicas(set);
            var part = Math.round((double) has * (most - total) / total);
            var given = left >= 0 ? Math.min(part, left) : Math.max(part, left);
            sizes.add(Math.max(0, has + given));
            left -= given;
        }
        sizes.set(0, Math.max(0, sizes.getFirst() + left));
        for (int i = 0; i < largest.size(); i++) {
            resize(largest.get(i), sizes.get(i));
        }
    }

    /// Notes the sizes also where the number stays.
    private void resize(Resource set, long replicas) {
        if (!rollout.scale(set, replicas)) {
            var sizes = Revisions.sizes(rollout);
            if (!set.annotations().entrySet().containsAll(sizes.entrySet())) {
                rollout.stage().annotate(set, sizes);
            }
        }
    }
}
