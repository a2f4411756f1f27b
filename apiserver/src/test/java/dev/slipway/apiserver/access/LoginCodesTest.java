package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginCodesTest {
    private final TestClock clock = new TestClock();
    private final LoginCodes codes = new LoginCodes(clock, new SecureRandom());

    @Test
    void isGoodOnce() {
        var code = codes.issue(Identities.ADMIN);

        assertThat(codes.redeem(code)).contains(Identities.ADMIN);
        assertThat(codes.redeem(code)).isEmpty();
    }

    @Test
    void isGoodForTenMinutes() {
        var early = codes.issue(Identities.ADMIN);
        var late = codes.issue(Identities.ADMIN);

        clock.pass(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(codes.redeem(early)).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(codes.redeem(late)).isEmpty();
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        var first = codes.issue(Identities.ADMIN);
        var second = codes.issue(Identities.ADMIN);
        for (int i = 1; i < LoginCodes.MAX_OPEN; i++) {
            codes.issue(Identities.ADMIN);
        }

        assertThat(codes.redeem(first)).isEmpty();
        assertThat(codes.redeem(second)).isPresent();
    }

    @Test
    void knowsNoOtherCode() {
        codes.issue(Identities.ADMIN);

        assertThat(codes.redeem("")).isEmpty();
        assertThat(codes.redeem("guessed")).isEmpty();
    }
}
