package dev.slipway.app;

import dev.slipway.control.ControllerRuntime;
import dev.slipway.kernel.store.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// Runs the controllers while this process holds the lease: new ones for each epoch, which write under it.
///
/// One thread follows the lease; [#running()] may be called by any.
final class Leadership implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Leadership.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Lease lease;
    private final LongFunction<ControllerRuntime> runtimes;
    private final Thread thread;
    private volatile Optional<ControllerRuntime> running = Optional.empty();
    private OptionalLong epoch = OptionalLong.empty();

    private Leadership(Lease lease, LongFunction<ControllerRuntime> runtimes) {
        this.lease = lease;
        this.runtimes = runtimes;
        this.thread = Thread.ofVirtual().name("slipway-leadership").unstarted(this::follow);
    }

    /// Starts the controllers where the lease is held already, and follows it from then on.
    ///
    /// @param runtimes makes controllers for an epoch
    static Leadership start(Lease lease, LongFunction<ControllerRuntime> runtimes) {
        var leadership = new Leadership(lease, runtimes);
        leadership.become(lease.epoch());
        leadership.thread.start();
        return leadership;
    }

    /// The controllers; empty while another process runs them.
    Optional<ControllerRuntime> running() {
        return running;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        become(OptionalLong.empty());
    }

    private void follow() {
        try {
            while (!Thread.interrupted()) {
                follow(lease.await(epoch, PATIENCE));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(OptionalLong now) throws InterruptedException {
        try {
            become(now);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the controllers cannot start; they try again", e);
            epoch = OptionalLong.empty();
            Thread.sleep(PATIENCE);
        }
    }

    private void become(OptionalLong now) {
        if (now.equals(epoch)) {
            return;
        }
        running.ifPresent(ControllerRuntime::close);
        running = Optional.empty();
        epoch = now;
        now.ifPresent(this::lead);
    }

    private void lead(long term) {
        LOG.log(Level.DEBUG, "controllers start in epoch " + term);
        var runtime = runtimes.apply(term);
        runtime.start();
        running = Optional.of(runtime);
    }
}
