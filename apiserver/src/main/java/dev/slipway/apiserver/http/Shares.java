package dev.slipway.apiserver.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What each user takes of the server at this moment, so that a greedy one leaves room for others. Thread-safe.
final class Shares {
    /// What one user takes. Closed when a request has been answered, or an answer has ended.
    final class Share implements AutoCloseable {
        private final String user;

        /// In the order of asking, so that a user's own requests do not overtake each other for ever.
        private final Semaphore running = new Semaphore(mostRunning, true);

        private final Semaphore memory = new Semaphore(mostBytes);

        /// Guarded by the shares.
        private int places;

        private Share(String user) {
            this.user = user;
        }

        /// As many as may be worked on at the same time; the others of the user wait here.
        Semaphore running() {
            return running;
        }

        /// The bytes that the bodies of the user's requests may still have together.
        Semaphore memory() {
            return memory;
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    private final int most;
    private final int mostRunning;
    private final int mostBytes;
    private final Map<String, Share> shares = new HashMap<>();

    /// @param most how many places one user may have
    /// @param mostRunning how many of them may be worked on at the same time
    /// @param mostBytes how many bytes the bodies of one user's requests may have together
    Shares(int most, int mostRunning, int mostBytes) {
        this.most = most;
        this.mostRunning = mostRunning;
        this.mostBytes = mostBytes;
    }

    /// A place for a user; empty where they have as many as one may have.
    synchronized Optional<Share> take(String user) {
        var share = shares.computeIfAbsent(user, Share::new);
        if (share.places == most) {
            return Optional.empty();
        }
        share.places++;
        return Optional.of(share);
    }

    /// How many users have a place.
    synchronized int users() {
        return shares.size();
    }

    private synchronized void leave(Share share) {
        share.places--;
        if (share.places == 0) {
            shares.remove(share.user);
        }
    }
}
