package dev.slipway.kernel.past;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;

/// Says of what was confidential that nobody can read it any more, because its key went when it was deleted.
public final class Destruction {
    private Destruction() {}

    /// Refuses a revision whose content is gone, with a problem of reason `EXPIRED`.
    public static void refuse(Store store, Revision revision) {
        store.deletion(revision)
                .ifPresent(deletion -> {
                    throw refusal(
                            "%s as of revision %d".formatted(revision.key(), revision.number()),
                            deletion);
                });
    }

    /// The problem of whoever asks for something that fell to a deletion.
    public static ProblemException refusal(String what, Revision deletion) {
        return Problem.of(
                        Reason.EXPIRED,
                        "%s cannot be read any more: its content was destroyed when it was deleted, in revision %d at %s"
                                .formatted(what, deletion.number(), deletion.time()))
                .exception();
    }
}
