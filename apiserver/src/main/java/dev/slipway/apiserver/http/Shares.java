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
        private final Semaphore reading = new Semaphore(mostReading, true);

        /// Apart from those that read: a write waits for the disk most of its time.
        private final Semaphore writing = new Semaphore(mostWriting, true);

        private final Semaphore memory = new Semaphore(mostBytes);

        /// Guarded by the shares.
        private int places;

        private Share(String user) {
            this.user = user;
        }

        /// As many of those that read, or of those that write, as may be worked on at the same time; the others of the
        /// user wait here.
        Semaphore running(boolean reads) {
            return reads ? reading : writing;
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
    private final int mostReading;
    private final int mostWriting;
    private final int mostBytes;
    private final Map<String, Share> shares = new HashMap<>();

    /// @param most how many places one user may have
    /// @param mostReading how many of them that read may be worked on at the same time
    /// @param mostWriting how many of them that write
    /// @param mostBytes how many bytes the bodies of one user's requests may have together
    Shares(int most, int mostReading, int mostWriting, int mostBytes) {
        this.most = most;
        this.mostReading = mostReading;
        this.mostWriting = mostWriting;
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
