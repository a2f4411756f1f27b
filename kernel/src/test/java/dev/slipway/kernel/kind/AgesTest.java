package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT-1S, 0s",
        "PT-5S, <invalid>",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT2M5S, 2m5s",
        "PT3M20S, 3m20s",
        "PT10M30S, 10m",
        "PT2H59M, 179m",
        "PT3H, 3h",
        "PT5H30M, 5h30m",
        "PT9H30M, 9h",
        "PT47H, 47h",
        "PT51H, 2d3h",
        "P8D, 8d",
        "P700D, 700d",
        "P740D, 2y10d",
        "P3650D, 10y"
    })
    void printsAsKubectlDoes(Duration duration, String expected) {
        assertThat(Ages.print(duration)).isEqualTo(expected);
    }

    @Test
    void doesNotKnowTheAgeOfWhatHasNoDate() {
        var now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Ages.since("", now)).isEqualTo("<unknown>");
        assertThat(Ages.since("yesterday", now)).isEqualTo("<invalid>");
        assertThat(Ages.since("2025-12-31T23:59:50Z", now)).isEqualTo("10s");
    }
}
