package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that writes: takes the commits that wait and stores them in one go. Safe for any caller.
///
/// While one group is on its way to the disk the next one gathers, so that many writers share one sync.
final class GroupWriter implements AutoCloseable {
    private final Ledger ledger;
    private final int groupChanges;
    private final BlockingQueue<Waiting> queue;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;

    private GroupWriter(Ledger ledger, StoreSettings settings) {
        this.ledger = ledger;
        this.groupChanges = settings.groupChanges();
        this.queue = new LinkedBlockingQueue<>(settings.queuedCommits());
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    }

    static GroupWriter start(Ledger ledger, StoreSettings settings) {
        var writer = new GroupWriter(ledger, settings);
        writer.thread.start();
        return writer;
    }

    /// Waits for the outcome; an interrupt does not end the waiting, because the commit is decided either way.
    Outcome commit(Commit commit) {
        if (closing) {
            throw closed();
        }
        var waiting = new Waiting(commit, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "too many writes are waiting")
                    .retryAfter(1)
                    .exception();
        }
        if (stopped) {
            refuseRest();
        }
        return waiting.join();
    }

    /// Stores what waits, then ends the thread.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
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

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                write(gather());
            }
        } finally {
            closing = true;
            stopped = true;
            refuseRest();
        }
    }

    private List<Waiting> gather() {
        var group = new ArrayList<Waiting>();
        try {
            var next = queue.take();
            var changes = 0;
            while (next != null) {
                group.add(next);
                changes += next.commit().changes().size();
                next = changes < groupChanges ? queue.poll() : null;
            }
        } catch (InterruptedException _) {
            // closing: the loop sees to what still waits
        }
        return group;
    }

    private void write(List<Waiting> group) {
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

    private void refuseRest() {
        for (var one = queue.poll(); one != null; one = queue.poll()) {
            one.outcome().completeExceptionally(closed());
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
