package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testbed.Postgres;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A process that loses its server while it takes in what another has written, wherever that happens.
@Tag("postgres")
@Timeout(120)
class PostgresLossTest {
    private final PostgresLogs logs = new PostgresLogs();
    private CuttingProxy proxy;
    private PostgresStore other;
    private PostgresStore store;

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(Postgres.shared().port());
        other = logs.open(StoreContract.NOON, StoreSettings.defaults());
        store = logs.again(proxy.port());
        create(other, "first");
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        other.close();
        proxy.close();
    }

    @Test
    void losesSightOfNothingThatItReadInVain() {
        loseAtTheEndOfAQuestion();
        create(other, "one");
        create(other, "two");
        assertThat(freshFails()).isTrue();
        reachable();
        create(other, "three");
        create(store, "four");

        assertThat(names(store)).isEqualTo("first four one three two");
        assertThat(store.restarts()).isZero();
    }

    @Test
    void losesSightOfNothingWhereverItsServerIsLost() {
        var failed = 0;
        for (int bytes = 100; bytes <= 1_000; bytes += 100) {
            beReady();
            proxy.cut(new CuttingProxy.Cut.ForGood(new CuttingProxy.Cut.Bytes(bytes)));
            create(other, "one-" + bytes);
            create(other, "two-" + bytes);
            failed += freshFails() ? 1 : 0;
            reachable();
            create(store, "three-" + bytes);
            assertThat(names(store)).as("lost at %d", bytes).isEqualTo(names(other));
        }
        assertThat(failed).isGreaterThan(3);
        assertThat(store.restarts()).isZero();
    }

    /// The log that was put back has grown past the number at which the old one was left.
    @Test
    void keepsNothingOfALogThatWasPutBackWhenItReadTheNewOneInVain() throws Exception {
        create(other, "lost");
        store.fresh();
        loseAtTheEndOfAQuestion();
        other.close();
        logs.putBackTo(1);
        other = logs.again();
        create(other, "instead");
        create(other, "more");
        assertThat(freshFails()).isTrue();
        reachable();
        create(store, "after");

        assertThat(names(store)).isEqualTo("after first instead more");
        assertThat(store.state().revision()).isEqualTo(4);
    }

    /// On new connections: the old ones have prepared what they send again and again.
    private void loseAtTheEndOfAQuestion() {
        proxy.refuse(true);
        proxy.refuse(false);
        proxy.cut(new CuttingProxy.Cut.ForGood(new CuttingProxy.Cut.Before("COMMIT")));
    }

    /// Connections are made, and nothing is missing.
    private void beReady() {
        store.fresh();
        store.log(0, 1);
    }

    private boolean freshFails() {
        try {
            store.fresh();
            return false;
        } catch (ProblemException _) {
            return true;
        }
    }

    private void reachable() {
        proxy.cut(new CuttingProxy.Cut.Never());
        proxy.refuse(false);
    }

    private static String names(PostgresStore store) {
        return store.fresh().list(Changes.SERVICES).stream()
                .map(object -> object.key().name())
                .collect(Collectors.joining(" "));
    }

    private static void create(PostgresStore store, String name) {
        assertThat(store.commit(commit(creation(service(name), "0"))))
                .isInstanceOf(Outcome.Committed.class);
    }
}
