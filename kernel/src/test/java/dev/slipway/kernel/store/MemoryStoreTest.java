package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    @Override
    Store open(Clock clock, StoreSettings settings) {
        return new MemoryStore(clock, settings);
    }

    @Test
    void wakesThousandsOfWaitingWatchesAndOnlyThose() throws Exception {
        int count = 5_000;
        var watched = KindKey.of("", "watched");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<Optional<Event>>>();
            for (int i = 0; i < count; i++) {
                var watch = store.watch(new Scope.InNamespace(watched, "n" + i % 100), 0);
                waiting.add(threads.submit(() -> watch.next(LONG)));
            }
            fill(100);
            for (int i = 0; i < 99; i++) {
                committed(Changes.commit(Changes.creation(watched.resource("n" + i, "a"), "one")));
            }
            for (int i = 0; i < count; i++) {
                if (i % 100 < 99) {
                    var event = waiting.get(i).get().orElseThrow();
                    assertThat(event.object().key().namespace()).isEqualTo("n" + i % 100);
                }
            }
            assertThat(waiting.get(99).isDone()).isFalse();
            committed(Changes.commit(Changes.creation(watched.resource("n99", "a"), "one")));
            assertThat(waiting.get(99).get()).isPresent();
        }
    }
}
