package dev.slipway.control.pod;

import dev.slipway.control.Controller;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Resources;
import java.util.List;
import java.util.Optional;

/// What makes pods complete, in the order in which Kubernetes asks.
public final class Pods {
    static final KindKey PODS = KindKey.of("", "pods");

    private Pods() {}

    public static List<Admitter> admitters() {
        return List.of(
                new PriorityAdmitter(),
                new PriorityClassAdmitter(),
                new RuntimeAdmitter(),
                new BirthAdmitter());
    }

    /// What makes the classes that every installation begins with.
    public static List<Controller> controllers(Resources resources) {
        return List.of(new SystemPriorityController(resources));
    }

    /// Refuses an object, which may not have its name yet.
    static Verdict refused(KindKey kind, Resource object, String detail) {
        var made = Json.string(object.metadata(), "generateName");
        var subject =
                new Subject(kind.group(), kind.plural(), made.isEmpty() ? object.name() : made);
        return new Verdict.Refused(
                new Problem(
                        Reason.FORBIDDEN,
                        subject + " is forbidden: " + detail,
                        Optional.of(subject),
                        List.of(),
                        Optional.empty()));
    }
}
