package dev.slipway.bench.row;

import dev.slipway.bench.http.Access;
import dev.slipway.bench.http.Lines;
import dev.slipway.bench.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Many watchers, each on a connection and a thread of its own, that come back when their stream ends, as clients do.
final class Crowd implements AutoCloseable {
    /// How many handshakes are under way at once.
    private static final int AT_ONCE = 64;

    /// How long a watcher that was sent away waits, at most, before it comes back.
    private static final int MAX_PAUSE_MILLIS = 400;

    private final Access access;
    private final Request watch;
    private final Semaphore handshakes = new Semaphore(AT_ONCE);
    private final List<Thread> watchers = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();
    private volatile String trouble = "";

    /// @param watch what each of them asks
    Crowd(Access access, Request watch) {
        this.access = access;
        this.watch = watch;
    }

    /// Lets so many watchers come.
    void grow(int count) {
        for (int i = 0; i < count; i++) {
            var own = access.another();
            watchers.add(Thread.ofVirtual().name("bench-watcher").start(() -> watch(own)));
        }
    }

    /// How many have a stream now.
    int connected() {
        return connected.get();
    }

    /// How many events all of them have read.
    long events() {
        return events.get();
    }

    /// What the last one met that could not connect, or nothing.
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        watchers.forEach(Thread::interrupt);
    }

    private void watch(Access own) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                follow(own);
                Thread.sleep(ThreadLocalRandom.current().nextInt(MAX_PAUSE_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// One stream, from its beginning to its end.
    private void follow(Access own) throws InterruptedException {
        handshakes.acquire();
        var waiting = true;
        try (var connection = own.connect()) {
            var lines = connection.stream(watch);
            handshakes.release();
            waiting = false;
            read(lines);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        } finally {
            if (waiting) {
                handshakes.release();
            }
        }
    }

    private void read(Lines lines) throws IOException {
        connected.incrementAndGet();
        try {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!Lines.has(line.get(), "BOOKMARK")) {
                    events.incrementAndGet();
                }
            }
        } finally {
            connected.decrementAndGet();
        }
    }
}
