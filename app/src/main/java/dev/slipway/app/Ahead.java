package dev.slipway.app;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Something that is worked out on a thread of its own while the start goes on. Closing it waits until that is over.
final class Ahead<T> implements AutoCloseable {
    private final FutureTask<T> task;

    private Ahead(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Ahead<T> of(String name, Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).daemon().start(task);
        return new Ahead<>(task);
    }

    /// What came of it, or the exception that it ended with.
    T get() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the start failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the start was interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            task.get();
        } catch (ExecutionException _) {
            // Told to whom asked for it.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
