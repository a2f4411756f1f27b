package dev.slipway.simulation;

import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Watch;
import java.time.Duration;
import java.util.Optional;

/// A watch that swallows every so-manieth event.
final class SkippingWatch implements Watch {
    private static final int EVERY = 40;

    private final Watch watch;
    private int events;

    SkippingWatch(Watch watch) {
        this.watch = watch;
    }

    @Override
    public Optional<Event> next(Duration patience) throws InterruptedException {
        return skipped(watch.next(patience));
    }

    @Override
    public Optional<Event> poll() {
        return skipped(watch.poll());
    }

    @Override
    public long revision() {
        return watch.revision();
    }

    @Override
    public void close() {
        watch.close();
    }

    private Optional<Event> skipped(Optional<Event> event) {
        return event.isPresent() && ++events % EVERY == 0 ? watch.poll() : event;
    }
}
