package dev.slipway.control;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The controllers' runtime without its threads: whoever holds it says what happens next.
public final class SteppedControllers {
    private final ControllerRuntime runtime;
    private final Store store;

    /// Puts every key in line.
    public SteppedControllers(
            Store store, List<Controller> controllers, Clock clock, RandomGenerator random) {
        this.store = store;
        this.runtime = new ControllerRuntime(store, controllers, clock, random);
        runtime.begin();
    }

    private SteppedControllers(Store store, ControllerRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /// Puts no key in line: everything is taken to be as it should be.
    public static SteppedControllers atRest(
            Store store, List<Controller> controllers, Clock clock, RandomGenerator random) {
        var runtime = new ControllerRuntime(store, controllers, clock, random);
        runtime.rest();
        return new SteppedControllers(store, runtime);
    }

    /// Puts those of these keys in line that some controller knows.
    public void wake(Collection<ResourceKey> keys) {
        runtime.wake(keys);
    }

    /// Whether the log holds what the controllers have not seen.
    public boolean behind() {
        return runtime.reached() < store.state().revision();
    }

    /// Takes in one event; false when the log could not be read.
    public boolean read() {
        try {
            return runtime.read(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing waits here", e);
        }
    }

    /// Gives one key a turn; says which, or nothing when none is due.
    public Optional<String> work() {
        var turn = runtime.turn();
        turn.ifPresent(runtime::take);
        return turn.map(one -> one.controller() + " " + one.key().key());
    }

    /// Whether no key waits for a turn or has one.
    public boolean idle() {
        return runtime.idle();
    }

    /// How long until a delayed key is due; empty when none is delayed.
    public Optional<Duration> patience() {
        return runtime.patience();
    }
}
