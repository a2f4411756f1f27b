package dev.slipway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutTest {
    private static final int MANY = 50;

    @Test
    void keepsTheOrder() {
        var numbers = IntStream.range(0, MANY).boxed().toList();
        for (var fanout : List.of(Fanout.IN_TURN, Fanout.upTo(0), Fanout.upTo(7))) {
            assertThat(fanout.all(numbers.stream().<Supplier<Integer>>map(n -> () -> n).toList()))
                    .isEqualTo(numbers);
        }
    }

    /// Both wait for one another: one after the other they would never end.
    @Test
    void worksSideBySide() {
        var both = new CountDownLatch(2);
        Supplier<Boolean> meeting = () -> meet(both);
        assertThat(Fanout.upTo(1).all(List.of(meeting, meeting))).containsExactly(true, true);
    }

    @Test
    void givesThreadsBack() {
        var fanout = new Fanout.SideBySide(new java.util.concurrent.Semaphore(3));
        var work = new ArrayList<Supplier<String>>();
        work.add(() -> {
            throw new IllegalArgumentException("broken");
        });
        IntStream.range(0, MANY).forEach(n -> work.add(() -> "fine"));
        assertThatThrownBy(() -> fanout.all(work)).hasMessage("broken");
        assertThat(fanout.free().availablePermits()).isEqualTo(3);
    }

    @Test
    void doesNothingOfNothing() {
        assertThat(Fanout.upTo(2).all(List.<Supplier<String>>of())).isEmpty();
    }

    private static boolean meet(CountDownLatch both) {
        both.countDown();
        try {
            return both.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
