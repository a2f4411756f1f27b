package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
    @Test
    void acceptsNothingThatAParserRefuses() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var letters = "2026-02-28T23:59:59Z".toCharArray();
            letters[random.nextInt(letters.length)] = (char) ('-' + random.nextInt(14));
            var text = new String(letters);
            if (PlainTime.is(text)) {
                assertThat(Instant.parse(text)).isNotNull();
            }
        }
    }

    @Test
    void acceptsWhatTheServerWrites() {
        var first = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 27; i++) {
            var time = first.plus(i, ChronoUnit.DAYS).plusSeconds(i * 2_017L);
            assertThat(PlainTime.is(time.toString())).as("%s", time).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.1Z",
                ""
            })
    void leavesTheRestToAParser(String text) {
        assertThat(PlainTime.is(text)).isFalse();
    }
}
