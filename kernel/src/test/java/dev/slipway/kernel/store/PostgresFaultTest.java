package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.commitIf;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testbed.Postgres;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of writes, reads and watches when the server or the way to it fails.
@Tag("postgres")
@Timeout(120)
class PostgresFaultTest {
    private final PostgresLogs logs = new PostgresLogs();
    private CuttingProxy proxy;
    private PostgresStore other;
    private PostgresStore store;
    private Watch watch;

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(Postgres.shared().port());
        other = logs.open(StoreContract.NOON, StoreSettings.defaults());
        store = logs.again(proxy.port());
        committed(store, commit(creation(service("a"), "0")));
        watch = store.watch(new Scope.Everything(), 0);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        other.close();
        proxy.close();
    }

    @Test
    void writesAgainWhatWasLostBeforeItsCommit() {
        proxy.cut(new CuttingProxy.Cut.Before("COMMIT"));
        committed(store, onlyOnce(1));

        assertThat(proxy.waits()).isFalse();
        assertThat(store.state().revision()).isEqualTo(2);
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L);
    }

    @Test
    void acknowledgesWhatWasKeptThoughTheAnswerWasLost() {
        proxy.cut(new CuttingProxy.Cut.After("COMMIT"));
        committed(store, onlyOnce(1));

        assertThat(proxy.waits()).isFalse();
        assertThat(other.fresh().revision()).isEqualTo(2);
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L);
        committed(store, commit(update(service("a"), "2")));
        assertThat(StoreContract.drain(watch)).containsExactly(3L);
    }

    /// Each write names the revision that it replaces, so that one which was stored twice would fail.
    @Test
    void storesEachWriteOnceWhereverTheConnectionIsCut() {
        var cuts = 0;
        for (int bytes = 1, revision = 1; bytes < 2_500; bytes += 120, revision++) {
            proxy.cut(new CuttingProxy.Cut.Bytes(bytes));
            committed(store, onlyOnce(revision));
            assertThat(store.state().revision()).as("cut at %d", bytes).isEqualTo(revision + 1);
            cuts += proxy.waits() ? 0 : 1;
            proxy.cut(new CuttingProxy.Cut.Never());
        }
        assertThat(cuts).isGreaterThan(5);
        var newest = store.state().revision();
        assertThat(StoreContract.drain(watch)).containsExactly(StoreContract.range(1, newest));
        assertThat(store.log(0, 100)).hasSize((int) newest);
    }

    @Test
    void refusesWritesWhileTheServerIsAwayAndGoesOnByItself() throws Exception {
        proxy.refuse(true);
        refused("cannot write", () -> store.commit(commit(update(service("a"), "1"))));
        refused("cannot read", store::fresh);
        assertThat(store.state().get(service("a"))).isPresent();
        eventually(() -> store.trouble().isPresent());

        proxy.refuse(false);
        committed(store, commit(update(service("a"), "1")));
        eventually(() -> store.trouble().isEmpty());
        assertThat(store.fresh().revision()).isEqualTo(2);
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L);
    }

    @Test
    void waitsOnlySoLongForALockThatAnotherSessionHolds() throws Exception {
        try (var session = logs.session();
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SELECT * FROM tip FOR UPDATE");
            refused(
                    "another session holds a lock",
                    () -> store.commit(commit(update(service("a"), "1"))));
            assertThat(store.fresh().revision()).isEqualTo(1);
        }
        committed(store, commit(update(service("a"), "1")));
    }

    @Test
    void saysWhenTheServersDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        logs.run(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER no_room BEFORE INSERT ON revision EXECUTE FUNCTION no_room()");
        assertThatThrownBy(() -> store.commit(commit(update(service("a"), "1"))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().reason()).isEqualTo(Reason.INSUFFICIENT_STORAGE);
                            assertThat(e.problem().message()).contains("disk");
                        });
        assertThat(store.fresh().revision()).isEqualTo(1);
        assertThat(store.log(0, 10)).hasSize(1);

        logs.run("DROP TRIGGER no_room ON revision");
        committed(store, commit(update(service("a"), "1")));
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L);
    }

    @Test
    void beginsAnewWhenTheLogWasPutBack() throws Exception {
        committed(store, commit(creation(service("b"), "1")));
        committed(store, commit(creation(service("c"), "1")));
        logs.putBackTo(1);

        assertThat(store.fresh().revision()).isEqualTo(1);
        assertThat(store.state().get(service("b"))).isEmpty();
        assertThat(store.restarts()).isEqualTo(1);
        assertThatThrownBy(() -> StoreContract.drain(watch))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().reason()).isEqualTo(Reason.EXPIRED));
        try (var next = store.watch(new Scope.Everything(), 1)) {
            committed(store, commit(creation(service("b"), "again")));
            assertThat(StoreContract.drain(next)).containsExactly(2L);
        }
    }

    /// Another history has grown to the same number: only the digests tell.
    @Test
    void noticesALogThatWasPutBackAndWentOnDifferently() throws Exception {
        committed(store, commit(creation(service("b"), "lost")));
        other.close();
        proxy.refuse(true);
        logs.putBackTo(1);
        try (var third = logs.again()) {
            committed(third, commit(creation(service("c"), "instead")));
        }
        proxy.refuse(false);
        committed(store, commit(creation(service("d"), "after")));

        assertThat(store.restarts()).isEqualTo(1);
        assertThat(store.state().get(service("b"))).isEmpty();
        assertThat(store.state().get(service("c"))).isPresent();
        assertThat(store.state().revision()).isEqualTo(3);
    }

    @Test
    void survivesAServerThatIsKilledAndStartedAgain() throws Exception {
        try (var server = Postgres.create()) {
            var own = new PostgresLogs(server);
            try (var killed = own.open(StoreContract.NOON, StoreSettings.defaults());
                    var watching = killed.watch(new Scope.Everything(), 0)) {
                committed(killed, commit(creation(service("a"), "1")));
                server.kill();
                refused("cannot write", () -> killed.commit(commit(creation(service("b"), "1"))));
                server.start();

                committed(killed, commit(creation(service("b"), "1")));
                assertThat(StoreContract.drain(watching)).containsExactly(1L, 2L);
                assertThat(killed.log(0, 10)).hasSize(2);
                assertThat(killed.restarts()).isZero();
            }
        }
    }

    private static Commit onlyOnce(long replaced) {
        return commitIf(
                update(service("a"), Long.toString(replaced)),
                new Precondition(service("a"), replaced));
    }

    private static void committed(Store store, Commit commit) {
        assertThat(store.commit(commit)).isInstanceOf(Outcome.Committed.class);
    }

    private static void refused(String why, Callable<?> asked) {
        assertThatThrownBy(asked::call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
                            assertThat(e.problem().message()).contains(why);
                        });
    }

    private static void eventually(Callable<Boolean> holds) throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
