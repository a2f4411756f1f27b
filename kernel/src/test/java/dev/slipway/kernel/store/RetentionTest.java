package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Retention defaults = Retention.defaults();

    @Test
    void keepsMostForNinetyDaysAndTheLastTen() {
        assertThat(defaults.of(KindKey.of("apps", "deployments")))
                .isEqualTo(
                        new Retention.Rule(
                                Duration.ofDays(7), Duration.ofDays(90), 10, Duration.ofDays(90)));
    }

    @Test
    void keepsEventsForAnHourAndOfLeasesTheLast() {
        for (var group : new String[] {"", "events.k8s.io"}) {
            assertThat(defaults.of(KindKey.of(group, "events")))
                    .isEqualTo(new Retention.Rule(HOUR, HOUR, 1, HOUR));
        }
        assertThat(defaults.of(KindKey.of("coordination.k8s.io", "leases")))
                .isEqualTo(
                        new Retention.Rule(Duration.ofMinutes(5), Duration.ofMinutes(5), 1, HOUR));
    }

    @Test
    void followsTheSameRuleInOtherClusters() {
        assertThat(defaults.of(new KindKey("edge", "", "events")).superseded()).isEqualTo(HOUR);
    }

    @Test
    void namesEachPeriodOnceTheShortestFirst() {
        assertThat(defaults.periods())
                .containsExactly(
                        Duration.ofMinutes(5), HOUR, Duration.ofDays(7), Duration.ofDays(90));
    }

    @Test
    void refusesToKeepTooLittle() {
        assertThatThrownBy(() -> new Retention.Rule(HOUR, HOUR, 0, HOUR))
                .hasMessage("last must be at least 1: 0");
        assertThatThrownBy(() -> new Retention.Rule(HOUR, Duration.ofSeconds(59), 1, HOUR))
                .hasMessage("superseded must be at least a minute: PT59S");
    }
}
