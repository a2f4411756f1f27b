package dev.slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void holdsUpToItsLimit() {
        assertThat(Budget.atMost(2).isMetBy(2)).isTrue();
        assertThat(Budget.atMost(2).isMetBy(2.01)).isFalse();
        assertThat(Budget.atLeast(5000).isMetBy(5000)).isTrue();
        assertThat(Budget.atLeast(5000).isMetBy(4999)).isFalse();
    }

    @Test
    void saysByHowMuchItIsMissed() {
        assertThat(Budget.atMost(2).verdict(1.9)).isEqualTo("met");
        assertThat(Budget.atMost(2).verdict(5)).isEqualTo("missed: 2.50 times");
        assertThat(Budget.atLeast(5000).verdict(3100)).isEqualTo("missed: 62 %");
    }

    @Test
    void refusesALimitThatNothingCanBeComparedWith() {
        assertThatThrownBy(() -> Budget.atMost(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
