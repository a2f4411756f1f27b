package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.store.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {
    private static final Retention DEFAULTS = Retention.defaults();

    @Test
    void changesNothingWhereNothingIsSaid() {
        assertThat(RetentionSettings.of(Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void takesEveryKey() {
        var retention = read("{status: 90s, superseded: 12h, last: 3, deleted: 30d}");

        assertThat(retention.all())
                .isEqualTo(
                        new Retention.Rule(
                                Duration.ofSeconds(90),
                                Duration.ofHours(12),
                                3,
                                Duration.ofDays(30)));
        assertThat(retention.kinds()).isEqualTo(DEFAULTS.kinds());
    }

    @Test
    void changesTheRuleOfAKind() {
        var retention =
                read("{last: 4, kinds: {events: {deleted: 5m}, secrets: {superseded: 1h}}}");

        assertThat(retention.kinds().get("events"))
                .isEqualTo(
                        new Retention.Rule(
                                Duration.ofHours(1),
                                Duration.ofHours(1),
                                1,
                                Duration.ofMinutes(5)));
        assertThat(retention.kinds().get("secrets"))
                .isEqualTo(
                        new Retention.Rule(
                                Duration.ofDays(7), Duration.ofHours(1), 4, Duration.ofDays(90)));
    }

    @Test
    void namesTheKeyThatItRefuses() {
        refuses("[]", "retention wants a mapping, is \"[]\"");
        refuses(
                "{colour: red}",
                "retention: unknown key \"colour\"; known are status, superseded, last, deleted, kinds");
        refuses(
                "{kinds: {events: {ttl: 1h}}}",
                "retention.kinds.events: unknown key \"ttl\"; known are status, superseded, last, deleted");
        refuses(
                "{status: soon}",
                "retention.status wants a time such as 90d, 12h, 5m or 90s, is \"soon\"");
        refuses("{last: 0}", "retention.last wants a number from 1, is \"0\"");
        refuses("{deleted: 59s}", "retention: deleted must be at least a minute: PT59S");
    }

    private static void refuses(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    private static Retention read(String yaml) {
        return RetentionSettings.of(Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
