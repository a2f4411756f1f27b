package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a process that slept while another one wrote, and the log forgot deletions meanwhile: it neither
/// keeps what went nor brings it back.
abstract class SleepContract {
    private final StoreContract.SteppingClock clock =
            new StoreContract.SteppingClock(StoreContract.NOON.instant());

    private Database database;
    private Ledger awake;
    private Ledger asleep;
    private Watch watch;

    /// One process's way to the medium that all calls of a test share.
    abstract Database open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        database = open();
        awake = new Ledger(database, clock, StoreSettings.defaults());
        write(commit(creation(service("a"), "one")));
        write(commit(creation(service("b"), "one")));
        asleep = new Ledger(open(), clock, StoreSettings.defaults());
        watch = asleep.watch(new Scope.Everything(), 2);
    }

    @AfterEach
    void end() {
        watch.close();
        asleep.close();
        awake.close();
    }

    @Test
    void followsWhereNothingThatItMissedIsGone() {
        write(commit(deletion(service("b"), "gone")));
        write(commit(update(service("a"), "two")));
        asleep.catchUp();

        same();
        assertThat(asleep.restarts()).isZero();
        assertThat(StoreContract.drain(watch)).containsExactly(3L, 4L);
    }

    @Test
    void doesNotKeepWhatWasDeletedAndForgotten() {
        write(commit(deletion(service("b"), "gone")));
        forget();
        write(commit(creation(service("c"), "one")));
        asleep.catchUp();

        same();
        watchEnded();
    }

    @Test
    void doesNotKeepItWhereNothingCameAfter() {
        write(commit(deletion(service("b"), "gone")));
        forget();
        asleep.catchUp();

        same();
        watchEnded();
    }

    @Test
    void doesNotWriteOnWhatWasDeletedAndForgotten() {
        write(commit(deletion(service("b"), "gone")));
        forget();
        var outcome = asleep.apply(List.of(commit(update(service("b"), "two")))).getFirst();

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Failed(
                                Precondition.present(service("b")), Precondition.ABSENT));
        same();
        watchEnded();
    }

    @Test
    void goesOnAfterwards() {
        write(commit(deletion(service("b"), "gone")));
        forget();
        assertThat(asleep.apply(List.of(commit(creation(service("c"), "one")))).getFirst())
                .isInstanceOf(Outcome.Committed.class);
        try (var next = asleep.watch(new Scope.Everything(), 4)) {
            write(commit(update(service("c"), "two")));
            asleep.catchUp();
            assertThat(StoreContract.drain(next)).containsExactly(5L);
        }
        same();
    }

    private void write(Commit commit) {
        assertThat(awake.apply(List.of(commit)).getFirst()).isInstanceOf(Outcome.Committed.class);
    }

    /// Half a year goes by, and all that may go with it goes, where the medium forgets at all.
    private void forget() {
        clock.now = clock.now.plus(Duration.ofDays(180));
        if (database instanceof Compactable compactable) {
            try (var writer = GroupWriter.start(awake, StoreSettings.defaults())) {
                var compactor = new Compactor(compactable, writer, Retention.defaults(), clock);
                while (compactor.step()) {}
                assertThat(compactor.removed()).isEqualTo(2);
            }
        }
    }

    private void same() {
        assertThat(asleep.state().revision()).isEqualTo(awake.state().revision());
        assertThat(asleep.state().list(SERVICES).stream().map(StoredObject::bytes))
                .containsExactlyElementsOf(
                        awake.state().list(SERVICES).stream().map(StoredObject::bytes).toList());
    }

    private void watchEnded() {
        if (database instanceof Compactable) {
            assertThat(asleep.restarts()).isEqualTo(1);
            assertThatThrownBy(() -> StoreContract.drain(watch))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().reason()).isEqualTo(Reason.EXPIRED));
        } else {
            assertThat(asleep.restarts()).isZero();
            assertThat(StoreContract.drain(watch)).contains(3L);
        }
    }
}
