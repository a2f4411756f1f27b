package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;

/// Plays the objects of one kind: level-triggered, idempotent, without state of its own.
public interface Player {
    KindKey kind();

    /// Brings an object on: writes what differs from what a healthy cluster would have made of it by now, and asks the
    /// stage to be woken for what is yet to come.
    void play(Stage stage, Resource object);
}
