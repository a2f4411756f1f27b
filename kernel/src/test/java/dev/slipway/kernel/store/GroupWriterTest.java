package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.ProblemException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupWriterTest {
    private final StoreSettings settings = new StoreSettings(100, 1_000_000, 4, 100, 1_000_000);
    private final FaultyDatabase database = new FaultyDatabase();
    private final Ledger ledger = new Ledger(database, StoreContract.NOON, settings);
    private final GroupWriter writer = GroupWriter.start(ledger, settings);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        database.gate.countDown();
        writer.close();
        threads.close();
    }

    @Test
    void refusesMoreWaitingCommitsThanItsBound() throws Exception {
        var accepted = new ArrayList<Future<Outcome>>();
        accepted.add(held("first"));
        for (int i = 1; i <= settings.queuedCommits(); i++) {
            accepted.add(queued("s" + i, i));
        }

        assertThatThrownBy(() -> create("late"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("too many writes are waiting");
        database.gate.countDown();
        for (var one : accepted) {
            assertThat(one.get()).isInstanceOf(Outcome.Committed.class);
        }
    }

    @Test
    void writesWhatHasGatheredAtOnce() throws Exception {
        var first = held("first");
        var second = queued("second", 1);
        var third = queued("third", 2);
        database.gate.countDown();
        first.get();
        second.get();
        third.get();

        assertThat(database.begun.availablePermits()).isEqualTo(1);
        assertThat(ledger.state().revision()).isEqualTo(3);
    }

    @Test
    void tellsEveryCommitOfAGroupThatItFailed() throws Exception {
        var first = held("first");
        var second = queued("second", 1);
        var third = queued("third", 2);
        database.failNext(FaultyDatabase.Fault.LOST);
        database.gate.countDown();

        assertThat(first.get()).isInstanceOf(Outcome.Committed.class);
        assertThatThrownBy(second::get).hasRootCauseMessage("the disk is full");
        assertThatThrownBy(third::get).hasRootCauseMessage("the disk is full");
        assertThat(create("fourth")).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void storesWhatWaitsBeforeItCloses() throws Exception {
        var first = held("first");
        var second = queued("second", 1);
        var closing = threads.submit(writer::close);
        database.gate.countDown();
        closing.get();

        assertThat(first.get()).isInstanceOf(Outcome.Committed.class);
        assertThat(second.get()).isInstanceOf(Outcome.Committed.class);
        assertThatThrownBy(() -> create("third")).hasMessage("the store is closed");
    }

    @Test
    void doesAChoreBetweenTwoGroups() throws Exception {
        var first = held("first");
        var chore = threads.submit(() -> writer.between(() -> ledger.state().revision()));
        assertThat(chore.isDone()).isFalse();
        database.gate.countDown();

        assertThat(first.get()).isInstanceOf(Outcome.Committed.class);
        assertThat(chore.get()).isPositive();
        assertThatThrownBy(() ->
                        writer.between(() -> {
                            throw new IllegalStateException("no such chore");
                        }))
                .hasMessage("no such chore");
        assertThat(create("second")).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void refusesAChoreOnceItIsClosed() {
        writer.close();
        assertThatThrownBy(() -> writer.between(() -> 1)).hasMessage("the store is closed");
    }

    @Test
    void decidesACommitWhoseCallerIsInterrupted() throws Exception {
        var outcome =
                threads.submit(() -> {
                    Thread.currentThread().interrupt();
                    return create("a");
                });

        assertThat(outcome.get()).isInstanceOf(Outcome.Committed.class);
    }

    /// A commit on its way to the disk, where it stays until the gate is opened.
    private Future<Outcome> held(String name) throws InterruptedException {
        database.gate = new CountDownLatch(1);
        var outcome = threads.submit(() -> create(name));
        database.begun.acquire();
        return outcome;
    }

    /// A commit that waits behind it as the nth.
    private Future<Outcome> queued(String name, int place) {
        var outcome = threads.submit(() -> create(name));
        while (writer.waiting() < place) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    private Outcome create(String name) {
        return writer.commit(commit(creation(service(name), "one")));
    }
}
