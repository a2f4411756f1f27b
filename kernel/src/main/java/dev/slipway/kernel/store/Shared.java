package dev.slipway.kernel.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A question whose answer many share: who comes while it is being asked waits for the next time, together with all
/// others who came meanwhile. So each answer was asked for after its reader came. Safe for any thread.
final class Shared {
    private final LongSupplier question;
    private final ReentrantLock turn = new ReentrantLock();
    private final Object door = new Object();

    /// What the next asking will answer.
    private @Nullable CompletableFuture<Long> next;

    Shared(LongSupplier question) {
        this.question = question;
    }

    long ask() {
        var mine = join();
        turn.lock();
        try {
            if (!mine.isDone()) {
                leave();
                answer(mine);
            }
        } finally {
            turn.unlock();
        }
        return answered(mine);
    }

    private CompletableFuture<Long> join() {
        synchronized (door) {
            var joined = next == null ? new CompletableFuture<Long>() : next;
            next = joined;
            return joined;
        }
    }

    /// From now on others wait for the time after this one.
    private void leave() {
        synchronized (door) {
            next = null;
        }
    }

    private void answer(CompletableFuture<Long> future) {
        try {
            future.complete(question.getAsLong());
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    private static long answered(CompletableFuture<Long> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
