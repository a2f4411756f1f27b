package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest events of the log, bounded in number and bytes, shared by all watches. Safe for any thread.
///
/// Events are sorted into one channel for each scope that somebody watches, so that an event costs nothing to the
/// watches it does not concern: they are not woken, and they do not fall behind.
final class Tail {
    /// How many events a watch takes at once.
    static final int TAKE = 64;

    private final StoreSettings bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private Channel everything;
    private final Map<Scope, Channel> channels = new HashMap<>();
    private long bytes;
    private long revision;
    private int watches;
    private boolean closed;

    /// @param revision where the tail begins
    Tail(StoreSettings bounds, long revision) {
        this.bounds = bounds;
        this.revision = revision;
        this.everything = new Channel(revision);
        channels.put(new Scope.Everything(), everything);
    }

    /// The newest revision that watches can know of.
    long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    int watches() {
        lock.lock();
        try {
            return watches;
        } finally {
            lock.unlock();
        }
    }

    /// Appends events in order, the last one at `newest`, and wakes whom they concern.
    void publish(List<Event> events, long newest) {
        lock.lock();
        try {
            var concerned = new LinkedHashSet<Channel>();
            for (var event : events) {
                concerned.addAll(channels(event));
                channels(event).forEach(channel -> channel.events.add(event));
                bytes += weight(event);
            }
            revision = newest;
            evict();
            concerned.forEach(Channel::wake);
        } finally {
            lock.unlock();
        }
    }

    /// A place in the tail for one watch of a scope, to be left again.
    Seat join(Scope scope) {
        lock.lock();
        try {
            var channel = channels.computeIfAbsent(scope, this::channel);
            channel.seats++;
            watches++;
            return new Seat(scope, channel, lock.newCondition());
        } finally {
            lock.unlock();
        }
    }

    /// Begins anew at a revision, which may lie before the newest; every watch there is has come to its end.
    void restart(long newest) {
        lock.lock();
        try {
            channels.values().forEach(Channel::end);
            channels.clear();
            everything = new Channel(newest);
            channels.put(new Scope.Everything(), everything);
            bytes = 0;
            revision = newest;
        } finally {
            lock.unlock();
        }
    }

    /// Wakes all who wait, for good.
    void close() {
        lock.lock();
        try {
            closed = true;
            channels.values().forEach(Channel::wake);
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        var all = everything.events;
        while (all.size() > bounds.tailEvents() || (bytes > bounds.tailBytes() && all.size() > 0)) {
            var oldest = all.get(0);
            bytes -= weight(oldest);
            channels(oldest).forEach(channel -> channel.drop(oldest));
        }
    }

    private Channel channel(Scope scope) {
        var channel = new Channel(everything.floor);
        for (int i = 0; i < everything.events.size(); i++) {
            if (scope.holds(everything.events.get(i).object().key())) {
                channel.events.add(everything.events.get(i));
            }
        }
        return channel;
    }

    private Collection<Channel> channels(Event event) {
        var key = event.object().key();
        var found = new ArrayList<Channel>(3);
        found.add(everything);
        addTo(found, new Scope.OfKind(key.kind()));
        addTo(found, new Scope.InNamespace(key.kind(), key.namespace()));
        return found;
    }

    private void addTo(List<Channel> found, Scope scope) {
        var channel = channels.get(scope);
        if (channel != null) {
            found.add(channel);
        }
    }

    private static long weight(Event event) {
        return (long) event.object().body().length
                + event.previous().map(object -> object.body().length).orElse(0);
    }

    /// The events of one scope. Guarded by the tail's lock.
    private static final class Channel {
        private final EventRing events = new EventRing();
        private final LinkedHashSet<Seat> waiting = new LinkedHashSet<>();
        private int seats;

        /// Whether the log that it tells of was read anew.
        private boolean ended;

        /// The newest revision of this scope that is no longer here.
        private long floor;

        Channel(long floor) {
            this.floor = floor;
        }

        void drop(Event event) {
            events.removeFirst();
            floor = event.revision();
        }

        void end() {
            ended = true;
            wake();
        }

        void wake() {
            waiting.forEach(seat -> seat.woken.signal());
            waiting.clear();
        }
    }

    /// One watch's place at its channel.
    final class Seat implements AutoCloseable {
        private final Scope scope;
        private final Channel channel;
        private final Condition woken;
        private boolean vacated;

        private Seat(Scope scope, Channel channel, Condition woken) {
            this.scope = scope;
            this.channel = channel;
            this.woken = woken;
        }

        /// Adds the events after a revision to `taken`, at most [Tail#TAKE].
        ///
        /// @return the revision up to which nothing of the scope is missing now, or -1 where the tail begins later
        long take(long after, Collection<Event> taken) {
            lock.lock();
            try {
                refuseEnded();
                if (after < channel.floor) {
                    return -1;
                }
                var from = channel.events.firstAfter(after);
                var to = Math.min(channel.events.size(), from + TAKE);
                for (int i = from; i < to; i++) {
                    taken.add(channel.events.get(i));
                }
                return to < channel.events.size()
                        ? channel.events.get(to - 1).revision()
                        : Math.max(after, revision);
            } finally {
                lock.unlock();
            }
        }

        /// Waits for an event after a revision, at most so long; returns what is left of the time.
        long await(long after, long nanos) throws InterruptedException {
            lock.lock();
            try {
                var left = nanos;
                while (left > 0 && nothing(after)) {
                    channel.waiting.add(this);
                    left = woken.awaitNanos(left);
                }
                return left;
            } finally {
                channel.waiting.remove(this);
                lock.unlock();
            }
        }

        /// Gives up the place and wakes its waiting reader; once is enough, more does nothing.
        @Override
        public void close() {
            lock.lock();
            try {
                if (!vacated) {
                    vacated = true;
                    watches--;
                    leave();
                    woken.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        private void leave() {
            channel.seats--;
            if (channel.seats == 0 && channel != everything) {
                channels.remove(scope, channel);
            }
        }

        private void refuseEnded() {
            if (channel.ended) {
                throw Problem.of(Reason.EXPIRED, "the log was read anew; list and watch anew")
                        .exception();
            }
        }

        private boolean nothing(long after) {
            var size = channel.events.size();
            var newest = size == 0 ? channel.floor : channel.events.get(size - 1).revision();
            return !closed && !vacated && !channel.ended && newest <= after;
        }
    }
}
