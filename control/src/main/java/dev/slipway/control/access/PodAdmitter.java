package dev.slipway.control.access;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.List;
import java.util.Optional;

/// Sees to it that each new pod has a service account that exists. The account `default`, which each namespace gets and
/// gets back, is not waited for.
final class PodAdmitter implements Admitter {
    private static final KindKey PODS = KindKey.of("", "pods");
    private static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");
    private static final String DEFAULT = "default";

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(PODS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var pod = admission.object();
        if (admission.operation() != Operation.CREATE) {
            return Verdict.admitted(pod);
        }
        var spec = Json.child(pod.tree(), "spec");
        var given = Json.string(spec, "serviceAccountName");
        var older = Json.string(spec, "serviceAccount");
        var account = !given.isEmpty() ? given : older.isEmpty() ? DEFAULT : older;
        spec.put("serviceAccountName", account);
        spec.put("serviceAccount", account);
        var key = ACCOUNTS.resource(pod.namespace(), account);
        return account.equals(DEFAULT) || admission.state().get(key).isPresent()
                ? Verdict.admitted(pod)
                : new Verdict.Refused(unknown(pod, account));
    }

    private static Problem unknown(Resource pod, String account) {
        var made = Json.string(pod.metadata(), "generateName");
        var subject = new Subject("", "pods", made.isEmpty() ? pod.name() : made);
        var message =
                "%s is forbidden: error looking up service account %s/%s: serviceaccount \"%s\" not found"
                        .formatted(subject, pod.namespace(), account, account);
        return new Problem(
                Reason.FORBIDDEN, message, Optional.of(subject), List.of(), Optional.empty());
    }
}
