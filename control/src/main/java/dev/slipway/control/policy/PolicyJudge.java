package dev.slipway.control.policy;

import dev.slipway.control.policy.PolicyBook.Bound;
import dev.slipway.control.policy.Validation.Denial;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the policies that are bound whether a write may be stored, after everything else was checked.
///
/// Policies themselves and their like are never asked about: whoever writes a policy that refuses everything can take it
/// back. A write is judged by the policies of the state that it is evaluated at.
final class PolicyJudge implements Admitter {
    private final PolicyBook book = new PolicyBook();
    private final Rbac rbac;

    PolicyJudge(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return !kind.group().equals(Policies.GROUP);
    }

    @Override
    public boolean concerns(Admission write) {
        return concerns(write.served().kind().key())
                && book.of(write.state()).stream().anyMatch(bound -> isAbout(bound, write));
    }

    private static boolean isAbout(Bound bound, Admission write) {
        return bound.policy().matching().version(write).isPresent()
                && bound.binding().matching().version(write).isPresent();
    }

    @Override
    public Verdict admit(Admission write) {
        var warnings = new ArrayList<String>();
        var denied = new ArrayList<Denial>();
        for (var bound : book.of(write.state())) {
            if (isAbout(bound, write)) {
                judge(bound, write, denied, warnings);
            }
        }
        return denied.isEmpty()
                ? new Verdict.Admitted(write.object(), warnings, List.of())
                : new Verdict.Refused(refused(write, denied));
    }

    private void judge(Bound bound, Admission write, List<Denial> denied, List<String> warnings) {
        var policy = bound.policy();
        var version = policy.matching().version(write).orElseThrow();
        try {
            var inquiry = new Inquiry(write, version, rbac);
            for (var params : bound.binding().params(policy.params(), write)) {
                for (var denial : policy.judge(inquiry.with(params))) {
                    tell(bound, denial, denied, warnings);
                }
            }
        } catch (UndecidedException e) {
            if (policy.strict()) {
                denied.add(named(bound, new Denial(e.why(), Reason.INVALID)));
            }
        }
    }

    private static void tell(
            Bound bound, Denial denial, List<Denial> denied, List<String> warnings) {
        if (bound.binding().denies()) {
            denied.add(named(bound, denial));
        }
        if (bound.binding().warns()) {
            warnings.add(
                    "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                            .formatted(
                                    bound.policy().name(),
                                    bound.binding().name(),
                                    denial.message()));
        }
    }

    private static Denial named(Bound bound, Denial denial) {
        return new Denial(
                "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
                        .formatted(bound.policy().name(), bound.binding().name(), denial.message()),
                denial.reason());
    }

    /// The first one decides how the refusal is called; all are told.
    private static Problem refused(Admission write, List<Denial> denied) {
        var served = write.served();
        var subject = new Subject(served.group(), served.names().plural(), write.object().name());
        var first = denied.getFirst();
        return new Problem(
                first.reason(),
                subject + " is forbidden: " + first.message(),
                Optional.of(subject),
                denied.stream().map(denial -> new FieldCause("", "", denial.message())).toList(),
                Optional.empty());
    }
}
