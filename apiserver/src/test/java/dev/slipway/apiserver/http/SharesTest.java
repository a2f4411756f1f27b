package dev.slipway.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares(2, 1, 1, 10);

    @Test
    void leavesRoomForOthers() {
        shares.take("greedy");
        shares.take("greedy");

        assertThat(shares.take("greedy")).isEmpty();
        assertThat(shares.take("modest")).isPresent();
    }

    @Test
    void givesAPlaceAgainThatWasLeft() {
        var first = shares.take("jane").orElseThrow();
        shares.take("jane");
        first.close();

        assertThat(shares.take("jane")).isPresent();
    }

    @Test
    void forgetsWhoHasNoPlace() {
        try (var _ = shares.take("jane").orElseThrow()) {
            assertThat(shares.users()).isEqualTo(1);
        }

        assertThat(shares.users()).isZero();
    }

    @Test
    void letsOneUserWaitAndNotTheOther() {
        var one = shares.take("greedy").orElseThrow();
        var two = shares.take("greedy").orElseThrow();
        var other = shares.take("modest").orElseThrow();

        assertThat(one.running(true).tryAcquire()).isTrue();
        assertThat(two.running(true).tryAcquire()).isFalse();
        assertThat(other.running(true).tryAcquire()).isTrue();
    }

    @Test
    void letsReadsNotWaitForWrites() {
        var share = shares.take("jane").orElseThrow();

        assertThat(share.running(false).tryAcquire()).isTrue();
        assertThat(share.running(false).tryAcquire()).isFalse();
        assertThat(share.running(true).tryAcquire()).isTrue();
    }
}
