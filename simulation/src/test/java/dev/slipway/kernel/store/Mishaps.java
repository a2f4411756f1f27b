package dev.slipway.kernel.store;

/// What goes wrong with a medium, as chance will have it.
public interface Mishaps {
    /// Nothing ever does.
    Mishaps NONE =
            new Mishaps() {
                @Override
                public boolean losesWrite() {
                    return false;
                }

                @Override
                public boolean repeatsWrite() {
                    return false;
                }

                @Override
                public boolean losesAnswer() {
                    return false;
                }

                @Override
                public boolean losesRead() {
                    return false;
                }
            };

    /// Whether an append fails before anything is kept.
    boolean losesWrite();

    /// Whether an append is decided in vain and then again.
    boolean repeatsWrite();

    /// Whether an append fails although everything is kept.
    boolean losesAnswer();

    /// Whether a read fails.
    boolean losesRead();
}
