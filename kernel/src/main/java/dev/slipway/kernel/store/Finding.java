package dev.slipway.kernel.store;

import java.util.Objects;

/// One thing that a checkup found wrong.
///
/// @param place where: a file, a revision, a resource
/// @param what is wrong, and what is lost by it
/// @param advice what to do
/// @param harm how bad it is
public record Finding(Harm harm, String place, String what, String advice) {
    /// How bad a finding is.
    public enum Harm {
        /// Something stored cannot be told any more, or not be trusted.
        DAMAGE,

        /// Nothing is lost, but something should be done.
        RISK
    }

    public Finding {
        Objects.requireNonNull(harm);
        Objects.requireNonNull(place);
        Objects.requireNonNull(what);
        Objects.requireNonNull(advice);
    }

    static Finding damage(String place, String what, String advice) {
        return new Finding(Harm.DAMAGE, place, what, advice);
    }

    static Finding risk(String place, String what, String advice) {
        return new Finding(Harm.RISK, place, what, advice);
    }
}
