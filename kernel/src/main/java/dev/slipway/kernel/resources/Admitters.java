package dev.slipway.kernel.resources;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.store.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All who are asked before something is stored, in their order.
///
/// @param last those who are asked of what passed every other check
record Admitters(List<Admitter> first, List<Admitter> last) {
    static Admitters of(List<Admitter> all) {
        return new Admitters(
                all.stream().filter(admitter -> !admitter.isLast()).toList(),
                all.stream().filter(Admitter::isLast).toList());
    }

    /// Asks the last ones, who see an object as it will be stored.
    ///
    /// @return what was said until now, and their warnings
    Verdict.Admitted settle(Admission admission, Verdict.Admitted until, String name) {
        if (last.stream().noneMatch(admitter -> admitter.concerns(admission))) {
            return until;
        }
        var verdict = new Admitters(last, List.of()).admit(admission.with(until.object()), name);
        return new Verdict.Admitted(
                until.object(),
                Stream.concat(until.warnings().stream(), verdict.warnings().stream()).toList(),
                Stream.concat(until.reliesOn().stream(), verdict.reliesOn().stream()).toList());
    }

    /// Whatever view an object is written through, admitters see it as it is stored.
    Verdict.Admitted admit(Admission admission, String name) {
        var served = admission.served();
        if (!Conversion.isSecondView(served)) {
            return admitAsItIs(admission, name);
        }
        var verdict = admitAsItIs(judged(admission, served), name);
        return new Verdict.Admitted(
                Conversion.served(served, verdict.object()),
                verdict.warnings(),
                verdict.reliesOn());
    }

    private static Admission judged(Admission admission, Served served) {
        return admission.of(
                Served.stored(served.kind()),
                admission.old().map(old -> Conversion.judged(served, old)),
                Conversion.judged(served, admission.object()));
    }

    /// Each admitter gets a copy of its own, which it may change; where none is concerned nothing is copied.
    private Verdict.Admitted admitAsItIs(Admission admission, String name) {
        var warnings = new ArrayList<String>();
        var reliesOn = new ArrayList<Precondition>();
        var causes = new ArrayList<FieldCause>();
        var now = admission;
        for (var admitter : first) {
            if (!admitter.concerns(now)) {
                continue;
            }
            switch (admitter.admit(now.with(now.object().copy()))) {
                case Verdict.Admitted(var object, var said, var relied) -> {
                    now = now.with(object);
                    warnings.addAll(said);
                    reliesOn.addAll(relied);
                }
                case Verdict.Invalid(var why, var said) -> {
                    causes.addAll(why);
                    warnings.addAll(said);
                }
                case Verdict.Refused(var problem) -> throw problem.exception();
            }
        }
        if (!causes.isEmpty()) {
            throw Situation.invalid(admission.served(), name, causes).exception();
        }
        return new Verdict.Admitted(now.object(), warnings, reliesOn);
    }
}
