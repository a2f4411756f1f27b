package dev.slipway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Many like pieces of work of one turn, and in what company they are done. Safe to use from any thread.
public interface Fanout {
    /// One piece after the other on the caller's thread: for where chance must obey a seed.
    Fanout IN_TURN =
            new Fanout() {
                @Override
                public <T> List<T> all(List<Supplier<T>> work) {
                    return work.stream().map(Supplier::get).toList();
                }
            };

    /// Does everything and returns what came of it, in the order of the list; throws what the first failure threw, once
    /// nothing runs any more.
    <T> List<T> all(List<Supplier<T>> work);

    /// On the caller's thread and on as many others as are free of `threads`, which all callers share.
    static Fanout upTo(int threads) {
        return new SideBySide(new Semaphore(threads));
    }

    /// Pieces side by side. A caller never waits for a thread: at worst it does everything itself.
    ///
    /// @param free the threads that may still be started
    record SideBySide(Semaphore free) implements Fanout {
        @Override
        public <T> List<T> all(List<Supplier<T>> work) {
            var results = new AtomicReferenceArray<T>(work.size());
            var next = new AtomicInteger();
            Runnable taking =
                    () -> {
                        for (int i = next.getAndIncrement();
                                i < work.size();
                                i = next.getAndIncrement()) {
                            results.set(i, work.get(i).get());
                        }
                    };
            var others = new ArrayList<Future<?>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                while (others.size() < work.size() - 1 && free.tryAcquire()) {
                    others.add(threads.submit(() -> releasing(taking)));
                }
                taking.run();
            }
            others.forEach(SideBySide::rethrow);
            return IntStream.range(0, work.size()).mapToObj(results::get).toList();
        }

        private void releasing(Runnable taking) {
            try {
                taking.run();
            } finally {
                free.release();
            }
        }

        private static void rethrow(Future<?> done) {
            try {
                done.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while working", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
    }
}
