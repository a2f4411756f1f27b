package dev.slipway.control.core;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.control.pod.Pods;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// The feature that cannot be switched off: the Kubernetes kinds, and what keeps them true.
public final class Core implements Feature {
    private final Clock clock;
    private final List<Kind> kinds;

    /// @param clock for the times in conditions
    public Core(Clock clock) {
        this.clock = clock;
        this.kinds = BuiltInKinds.load();
    }

    @Override
    public String name() {
        return "core";
    }

    @Override
    public List<Kind> kinds() {
        return kinds;
    }

    @Override
    public List<Admitter> admitters() {
        var own =
                List.of(
                        new NamespaceAdmitter(),
                        new SecretAdmitter(),
                        new ServiceAdmitter(),
                        new JobAdmitter(),
                        new EventAdmitter(),
                        new CrdAdmitter(),
                        new LeavingKindAdmitter());
        return Stream.concat(own.stream(), Pods.admitters().stream()).toList();
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        return List.of(
                new CrdController(resources, clock),
                new NamespaceController(resources, clock),
                new GarbageCollector(
                        resources, new OwnerIndex(), new StrayOwners(resources, clock)),
                new EventExpiry(resources, clock));
    }

    @Override
    public List<Controller> planners(Resources resources) {
        return List.of(
                new CrdController(resources, clock),
                new NamespaceController(resources, clock),
                new GarbageCollector(resources, new OwnersOfState(resources)));
    }
}
