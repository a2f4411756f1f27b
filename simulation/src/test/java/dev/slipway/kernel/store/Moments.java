package dev.slipway.kernel.store;

/// The moments of a process at which others may be first, or at which it may die.
public interface Moments {
    /// Before and after a call of the store: anybody may do something.
    void atLarge();

    /// Inside the medium, where this process's writer is at work: nobody else writes through the same process.
    void inMedium();

    /// Takes note of a revision that was just kept.
    void kept(Revision revision);
}
