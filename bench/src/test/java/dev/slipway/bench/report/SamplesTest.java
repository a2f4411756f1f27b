package dev.slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void takesPercentilesFromTheSamplesThemselves() {
        var samples =
                Samples.of(LongStream.rangeClosed(1, 200).map(i -> (201 - i) * MILLI).toArray());

        assertThat(samples.millis(50)).isEqualTo(100);
        assertThat(samples.millis(99)).isEqualTo(198);
        assertThat(samples.millis(99.5)).isEqualTo(199);
        assertThat(samples.millis(100)).isEqualTo(200);
        assertThat(samples.millis(0.1)).isEqualTo(1);
    }

    @Test
    void isItsOnlySampleAtEveryPercentile() {
        var samples = Samples.of(7 * MILLI);

        assertThat(samples.millis(1)).isEqualTo(7);
        assertThat(samples.millis(99)).isEqualTo(7);
    }

    @Test
    void putsSeveralRunsInOneOrder() {
        var merged =
                Samples.merged(
                        List.of(Samples.of(5 * MILLI, MILLI), Samples.of(3 * MILLI, 9 * MILLI)));

        assertThat(merged.count()).isEqualTo(4);
        assertThat(merged.millis(50)).isEqualTo(3);
        assertThat(merged.millis(75)).isEqualTo(5);
    }

    @Test
    void refusesWhatIsNoPercentile() {
        var samples = Samples.of(1);

        assertThatThrownBy(() -> samples.millis(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> samples.millis(101)).hasMessageContaining("101");
        assertThatThrownBy(Samples::of).hasMessageContaining("no samples");
    }
}
