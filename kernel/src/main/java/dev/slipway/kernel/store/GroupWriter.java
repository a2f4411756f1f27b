package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The one thread that writes: takes the commits that wait and stores them in one go. Safe for any caller.
///
/// While one group is on its way to the disk the next one gathers, so that many writers share one sync.
final class GroupWriter implements AutoCloseable {
    private final Ledger ledger;
    private final StoreSettings settings;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<FutureTask<?>> chores = new ArrayDeque<>();
    private boolean closing;

    private GroupWriter(Ledger ledger, StoreSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    }

    static GroupWriter start(Ledger ledger, StoreSettings settings) {
        var writer = new GroupWriter(ledger, settings);
        writer.thread.start();
        return writer;
    }

    /// Waits for the outcome; an interrupt does not end the waiting, because the commit is decided either way.
    Outcome commit(Commit commit) {
        var waiting = new Waiting(commit, new CompletableFuture<>());
        enqueue(waiting);
        return waiting.join();
    }

    /// Does something short that no write may run beside, between two groups, and waits for it.
    <T> T between(Callable<T> chore) {
        var task = new FutureTask<>(chore);
        lock.lock();
        try {
            if (closing) {
                throw closed();
            }
            chores.add(task);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return result(task);
    }

    /// How many commits wait for the disk.
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// Refuses what comes, stores what waits, and ends the thread.
    @Override
    public void close() {
        stop();
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Waiting waiting) {
        lock.lock();
        try {
            if (closing) {
                throw closed();
            }
            if (queue.size() >= settings.queuedCommits()) {
                throw Problem.of(Reason.SERVICE_UNAVAILABLE, "too many writes are waiting")
                        .retryAfter(1)
                        .exception();
            }
            queue.add(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (waitForWork()) {
                write(gather());
                chore().ifPresent(FutureTask::run);
            }
        } finally {
            stop();
            gatherAll().forEach(one -> one.outcome().completeExceptionally(closed()));
            for (var chore = chore(); chore.isPresent(); chore = chore()) {
                chore.get().cancel(false);
            }
        }
    }

    /// Waits for what comes next; false once there is no more to come.
    private boolean waitForWork() {
        lock.lock();
        try {
            while (queue.isEmpty() && chores.isEmpty() && !closing) {
                arrived.awaitUninterruptibly();
            }
            return !queue.isEmpty() || !chores.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// What waits now, up to the bound of a group.
    private List<Waiting> gather() {
        lock.lock();
        try {
            var group = new ArrayList<Waiting>();
            var changes = 0;
            while (!queue.isEmpty() && changes < settings.groupChanges()) {
                changes += queue.getFirst().commit().changes().size();
                group.add(queue.removeFirst());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private Optional<FutureTask<?>> chore() {
        lock.lock();
        try {
            return Optional.ofNullable(chores.poll());
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting> gatherAll() {
        lock.lock();
        try {
            var rest = List.copyOf(queue);
            queue.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            var outcomes = ledger.apply(group.stream().map(Waiting::commit).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).outcome().complete(outcomes.get(i));
            }
        } catch (ProblemException e) {
            group.forEach(one -> one.outcome().completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            var failed = Problem.of(Reason.INTERNAL_ERROR, "the write failed: " + e).exception();
            failed.initCause(e);
            group.forEach(one -> one.outcome().completeExceptionally(failed));
            if (e instanceof Error) {
                throw e;
            }
        }
    }

    /// An interrupt does not end the waiting, because the chore is done either way.
    private static <T> T result(FutureTask<T> task) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (CancellationException _) {
            throw closed();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a chore failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ProblemException closed() {
        return Problem.of(Reason.SERVICE_UNAVAILABLE, "the store is closed").exception();
    }

    private record Waiting(Commit commit, CompletableFuture<Outcome> outcome) {
        Outcome join() {
            try {
                return outcome.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof ProblemException cause) {
                    var problem = new ProblemException(cause.problem());
                    problem.initCause(cause);
                    throw problem;
                }
                throw e;
            }
        }
    }
}
