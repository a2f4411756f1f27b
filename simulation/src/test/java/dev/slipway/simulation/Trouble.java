package dev.slipway.simulation;

import dev.slipway.kernel.store.Mishaps;

/// Mishaps by chance, until they are switched off.
final class Trouble implements Mishaps {
    private final Chance chance;
    private boolean on;

    Trouble(Chance chance) {
        this.chance = chance;
    }

    void set(boolean on) {
        this.on = on;
    }

    boolean isOn() {
        return on;
    }

    @Override
    public boolean losesWrite() {
        return on && chance.oneIn(60);
    }

    @Override
    public boolean repeatsWrite() {
        return on && chance.oneIn(40);
    }

    @Override
    public boolean losesAnswer() {
        return on && chance.oneIn(60);
    }

    @Override
    public boolean losesRead() {
        return on && chance.oneIn(200);
    }
}
