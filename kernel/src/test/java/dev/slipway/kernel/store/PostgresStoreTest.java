package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract on a real PostgreSQL server, and what only a store on a server has to promise.
@Tag("postgres")
class PostgresStoreTest extends StoreContract {
    private final PostgresLogs logs = new PostgresLogs();

    @Override
    Store open(Clock clock, StoreSettings settings) {
        return logs.open(clock, settings);
    }

    @Test
    void keepsEverythingAcrossARestart() {
        committed(commit(creation(service("a"), "one"), creation(service("b"), "one")));
        committed(commit(update(service("a"), "two")));
        committed(commit(deletion(service("b"), "gone")));
        store.close();
        store = logs.again();

        assertThat(store.state().revision()).isEqualTo(4);
        assertThat(store.state().get(service("a")).orElseThrow().resource().at("text"))
                .isEqualTo("two");
        assertThat(store.state().get(service("b"))).isEmpty();
        assertThat(committed(commit(creation(service("b"), "two"))).getFirst().number())
                .isEqualTo(5);
        assertThat(store.history(service("b"), 10)).hasSize(3);
    }
}
