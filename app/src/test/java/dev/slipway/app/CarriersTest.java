package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CarriersTest {
    @Test
    void areMoreThanThereAreProcessors() {
        assertThat(Carriers.count(1)).isEqualTo(16);
        assertThat(Carriers.count(2)).isEqualTo(16);
        assertThat(Carriers.count(8)).isEqualTo(32);
    }
}
