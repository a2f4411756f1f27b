package dev.slipway.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.portal.page.Ruler.Event;
import dev.slipway.portal.reading.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulerTest {
    private static final Instant NOW = Instant.parse("2026-11-19T14:30:00Z");

    private final Figures figures = new Figures(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void givesTheLastMinutesAsMuchRoomAsTheLastWeek() {
        assertThat(Ruler.SCALE)
                .extracting(Ruler.Tick::x)
                .containsExactly("16.05%", "37.49%", "52.67%", "71.70%", "87.88%");
    }

    @Test
    void putsNowAtTheEndAndLeavesOutWhatIsTooOld() {
        var ruler =
                Ruler.ofTicks(
                        figures, "", List.of(event(Duration.ZERO), event(Duration.ofDays(31))));

        assertThat(ruler.ticks()).extracting(Ruler.Tick::x).containsExactly("100.00%");
    }

    @Test
    void drawsAtMostSixtyTicks() {
        var events = new ArrayList<Event>();
        for (int i = 0; i < 1000; i++) {
            events.add(event(Duration.ofMinutes(i)));
        }

        assertThat(Ruler.ofTicks(figures, "", events).ticks()).hasSize(Ruler.MAX_TICKS);
    }

    @Test
    void marksTheSlotThatHoldsAnIncident() {
        var ruler = Ruler.ofRates(figures, "", List.of(new Event(NOW, true)));

        assertThat(ruler.slots()).hasSize(Ruler.SLOTS);
        assertThat(ruler.slots().getLast().bad()).isTrue();
        assertThat(ruler.slots().getFirst().bad()).isFalse();
    }

    private static Event event(Duration ago) {
        return new Event(NOW.minus(ago), false);
    }
}
