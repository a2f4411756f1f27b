package dev.slipway.portal.page;

import dev.slipway.portal.reading.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The last 30 days on a logarithmic scale, so that the last minutes have as much room as the last week.
///
/// @param label what a reader hears who does not see it
/// @param slots rates of change instead of ticks, for pages about everything
public record Ruler(String label, List<Tick> ticks, List<Slot> slots) {
    /// How many ticks are drawn at most; more fall into one.
    public static final int MAX_TICKS = 60;

    /// How many slots the rates have.
    public static final int SLOTS = 58;

    private static final Duration SPAN = Duration.ofDays(30);
    private static final double UNIT = Duration.ofMinutes(5).toSeconds();

    /// The marks of the scale itself.
    public static final List<Tick> SCALE =
            List.of(
                    tick(Duration.ofDays(7), "7 d"),
                    tick(Duration.ofDays(1), "1 d"),
                    tick(Duration.ofHours(6), "6 h"),
                    tick(Duration.ofHours(1), "1 h"),
                    tick(Duration.ofMinutes(10), "10 min"));

    /// A place on the ruler, as a share of its width.
    ///
    /// @param kind a class of the style sheet: `tick`, `error`
    public record Tick(String x, String kind, String text) {}

    /// A slot with how much happened in it.
    public record Slot(String x, String width, int height, boolean bad) {
        /// Where the bar begins, from the top of a ruler of 40.
        public int y() {
            return 40 - height;
        }
    }

    public Ruler {
        ticks = List.copyOf(ticks);
        slots = List.copyOf(slots);
    }

    /// Something that happened.
    public record Event(Instant at, boolean bad) {}

    /// A tick for each of these.
    static Ruler ofTicks(Figures figures, String label, List<Event> events) {
        var ticks = new ArrayList<Tick>();
        for (var event : events) {
            var x = x(figures.ago(event.at()));
            var tick = new Tick(percent(x), event.bad() ? "error" : "tick", "");
            if (x >= 0 && !ticks.contains(tick) && ticks.size() < MAX_TICKS) {
                ticks.add(tick);
            }
        }
        return new Ruler(label, ticks, List.of());
    }

    /// How much happened when.
    static Ruler ofRates(Figures figures, String label, List<Event> events) {
        var counts = new int[SLOTS];
        var bad = new boolean[SLOTS];
        for (var event : events) {
            int slot = (int) Math.min(SLOTS - 1, x(figures.ago(event.at())) * SLOTS);
            if (slot >= 0) {
                counts[slot]++;
                bad[slot] |= event.bad();
            }
        }
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(slot(i, counts[i], bad[i]));
        }
        return new Ruler(label, List.of(), slots);
    }

    private static Slot slot(int index, int count, boolean bad) {
        int height = count == 0 ? 1 : (int) Math.min(18, 3 + Math.round(3 * Math.log(count)));
        return new Slot(percent((index + 0.05) / SLOTS), percent(0.9 / SLOTS), height, bad);
    }

    private static Tick tick(Duration ago, String text) {
        return new Tick(percent(x(ago)), text.equals("10 min") ? "close" : "", text);
    }

    /// 1 is now, 0 is 30 days ago, less is before that.
    private static double x(Duration ago) {
        return 1 - Math.log(1 + ago.toSeconds() / UNIT) / Math.log(1 + SPAN.toSeconds() / UNIT);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }
}
