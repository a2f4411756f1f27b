package dev.slipway.kernel.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A watch that reads the shared tail, and the log itself where the tail no longer reaches back.
///
/// For one thread at a time, except [#close()].
final class LogWatch implements Watch {
    private final Ledger ledger;
    private final Scope scope;
    private final Tail.Seat seat;
    private final Deque<Event> taken = new ArrayDeque<>();
    private volatile boolean closed;

    /// Everything of the scope up to here was taken or delivered.
    private long read;

    private long delivered;

    LogWatch(Ledger ledger, Tail tail, Scope scope, long after) {
        this.ledger = ledger;
        this.scope = scope;
        this.read = after;
        this.delivered = after;
        this.seat = tail.join(scope);
    }

    @Override
    public Optional<Event> next(Duration patience) throws InterruptedException {
        var left = patience.toNanos();
        var event = poll();
        while (event.isEmpty() && left > 0 && !closed) {
            left = seat.await(read, left);
            event = poll();
        }
        return event;
    }

    @Override
    public Optional<Event> poll() {
        while (!closed && taken.isEmpty() && fill()) {}
        var event = Optional.ofNullable(closed ? null : taken.pollFirst());
        event.ifPresent(one -> delivered = one.revision());
        return event;
    }

    @Override
    public long revision() {
        return taken.isEmpty() ? read : delivered;
    }

    @Override
    public void close() {
        closed = true;
        seat.close();
    }

    /// Takes what comes next; false when there is nothing more now.
    private boolean fill() {
        ledger.refuseClosed();
        var reached = seat.take(read, taken);
        if (reached < 0) {
            readLog();
            return true;
        }
        read = reached;
        return false;
    }

    private void readLog() {
        var page = ledger.page(scope, read);
        taken.addAll(page.events());
        read = page.revision();
    }
}
