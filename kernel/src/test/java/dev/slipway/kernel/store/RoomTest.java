package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomTest {
    /// Room for ten small objects and some more.
    private static final long LIMIT = 7_000;

    private final MemoryDatabase database = new MemoryDatabase();
    private final Ledger ledger = open();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void refusesWhatWouldNotFitAndKeepsTheRest() {
        fill();
        assertThat(apply(creation(service("one-more"), "text"))).isEqualTo(new Outcome.Full(LIMIT));
        assertThat(apply(update(service("s0"), "x".repeat(1_000))))
                .isEqualTo(new Outcome.Full(LIMIT));
        assertThat(ledger.state().get(service("one-more"))).isEmpty();
        assertThat(ledger.state().bytes()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void letsThingsChangeAndGoWhenThereIsNoRoom() {
        fill();
        assertThat(apply(update(service("s0"), "diff"))).isInstanceOf(Outcome.Committed.class);
        assertThat(apply(deletion(service("s1"), "text"))).isInstanceOf(Outcome.Committed.class);
        assertThat(apply(creation(service("one-more"), "text")))
                .isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void takesTheEndingOfThingsBeyondTheLimitButNotForEver() {
        fill();
        for (int i = 0; i < 9; i++) {
            assertThat(apply(ending("s" + i, 100))).isInstanceOf(Outcome.Committed.class);
        }
        assertThat(ledger.state().bytes()).isGreaterThan(LIMIT);
        assertThat(apply(ending("s0", 10_000))).isEqualTo(new Outcome.Full(LIMIT));
        assertThat(apply(ending("s0", 90))).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void reckonsTheSameAfterAStart() {
        fill();
        apply(update(service("s0"), "longer than before"));
        apply(deletion(service("s1"), "text"));
        var again = open();
        assertThat(again.state().bytes()).isEqualTo(ledger.state().bytes()).isPositive();
    }

    private Ledger open() {
        return new Ledger(
                database, StoreContract.NOON, StoreSettings.defaults().withStateBytes(LIMIT));
    }

    private void fill() {
        for (int i = 0;
                apply(creation(service("s" + i), "text")) instanceof Outcome.Committed;
                i++) {
            assertThat(i).isLessThan(100);
        }
        assertThat(ledger.state().count(Changes.SERVICES)).isGreaterThan(9);
    }

    private Outcome apply(Change change) {
        return ledger.apply(List.of(commit(change))).getFirst();
    }

    private static Change ending(String name, int length) {
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"%s\",\"deletionTimestamp\":\"%s\"},\"text\":\"%s\"}"
                        .formatted(name, StoreContract.NOON.instant(), "x".repeat(length));
        return new Change(
                service(name),
                Operation.UPDATE,
                "uid-" + name,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
