package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final EventRing ring = new EventRing();

    @Test
    void keepsItsOrderWhileItGrowsAndShrinks() {
        long added = 0;
        long removed = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 37; i++) {
                ring.add(event(++added));
            }
            for (int i = 0; i < (round < 25 ? 20 : 53) && ring.size() > 1; i++) {
                ring.removeFirst();
                removed++;
            }
            assertThat(ring.size()).isEqualTo((int) (added - removed));
            assertThat(ring.get(0).revision()).isEqualTo(removed + 1);
            assertThat(ring.get(ring.size() - 1).revision()).isEqualTo(added);
        }
    }

    @Test
    void findsTheFirstEventAfterARevision() {
        IntStream.of(2, 4, 6, 8).forEach(number -> ring.add(event(number)));
        ring.removeFirst();

        assertThat(ring.firstAfter(0)).isZero();
        assertThat(ring.firstAfter(4)).isEqualTo(1);
        assertThat(ring.firstAfter(5)).isEqualTo(1);
        assertThat(ring.firstAfter(8)).isEqualTo(3);
    }

    @Test
    void refusesPlacesItDoesNotHave() {
        ring.add(event(1));
        assertThatThrownBy(() -> ring.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        ring.removeFirst();
        assertThatThrownBy(ring::removeFirst).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Event event(long number) {
        var key = Changes.service("a");
        return new Event(
                Operation.UPDATE,
                new StoredObject(key, number, Changes.body(key, "one")),
                Optional.empty());
    }
}
