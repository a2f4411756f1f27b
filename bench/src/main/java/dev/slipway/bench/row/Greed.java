package dev.slipway.bench.row;

import dev.slipway.bench.http.Access;
import dev.slipway.bench.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A user who wants everything at once: connections that ask without a pause, and others that are made anew for each
/// request, until it is told to end. Used by one thread.
final class Greed {
    private final Access access;
    private final Request request;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private volatile boolean over;

    Greed(Access access, Request request) {
        this.access = access;
        this.request = request;
    }

    /// Begins, and returns when each of the kept connections has had an answer.
    ///
    /// @param kept how many connections are kept
    /// @param made how many are made anew all the time
    void begin(int kept, int made) throws InterruptedException {
        for (int i = 0; i < kept + made; i++) {
            var each = i < kept ? Integer.MAX_VALUE : 1;
            threads.add(Thread.ofVirtual().name("bench-greedy").start(() -> take(each)));
        }
        while (answers.get() + refusals.get() < 10L * kept) {
            Thread.sleep(5);
        }
    }

    /// How many good answers it has had.
    long answers() {
        return answers.get();
    }

    /// How often it was told to come again, or not let in.
    long refusals() {
        return refusals.get();
    }

    void end() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    /// @param each how many requests a connection is used for
    private void take(int each) {
        while (!over) {
            try (var connection = access.connect()) {
                for (int i = 0; i < each && !over; i++) {
                    connection.send(request);
                    answers.incrementAndGet();
                }
            } catch (IOException e) {
                refusals.incrementAndGet();
            }
        }
    }
}
