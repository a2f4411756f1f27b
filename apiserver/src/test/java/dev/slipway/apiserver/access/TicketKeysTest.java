package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketKeysTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();

    private TicketKeys open() {
        return new TicketKeys(folder.resolve("tickets.keys"), clock, new SecureRandom());
    }

    private static List<String> today(TicketKeys keys) {
        return keys.today().stream().map(HexFormat.of()::formatHex).toList();
    }

    @Test
    void staysTheSameOverStartsOfADay() {
        var first = today(open());
        clock.pass(Duration.ofHours(23));

        assertThat(today(open())).hasSize(1).isEqualTo(first);
        assertThat(first.getFirst()).hasSize(2 * TicketKeys.BYTES);
    }

    @Test
    void takesTheKeyOfTheDayBeforeAndNoOlderOne() throws IOException {
        var keys = open();
        var first = today(keys).getFirst();
        clock.pass(Duration.ofDays(1));
        var second = today(keys);

        assertThat(second).hasSize(2).last().isEqualTo(first);
        assertThat(second.getFirst()).isNotEqualTo(first);
        assertThat(today(open())).isEqualTo(second);

        clock.pass(Duration.ofDays(1));

        assertThat(today(keys)).hasSize(2).last().isEqualTo(second.getFirst());
        assertThat(Files.readAllLines(folder.resolve("tickets.keys"))).hasSize(2);
    }

    @Test
    void beginsAnewAfterDaysWithoutAStart() {
        var first = today(open()).getFirst();
        clock.pass(Duration.ofDays(2));

        assertThat(today(open())).hasSize(1).doesNotContain(first);
    }

    @Test
    void keepsThemFromOthers() throws IOException {
        open().today();

        var mode = Files.getPosixFilePermissions(folder.resolve("tickets.keys"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @Test
    void passesOverWhatIsNoKey() throws IOException {
        var file = folder.resolve("tickets.keys");
        var today = clock.instant().toString().substring(0, 10);
        for (var text : List.of("", "?", today, today + " 00ff\n", "today " + "00".repeat(48))) {
            Files.writeString(file, text);

            assertThat(today(open())).hasSize(1).doesNotContain("00".repeat(48));
        }
    }

    @Test
    void goesOnInMemoryWhereNothingCanBeKept() throws IOException {
        var file = Files.createDirectory(folder.resolve("tickets.keys")).resolve("none/here");
        var keys = new TicketKeys(file, clock, new SecureRandom());

        assertThat(today(keys)).hasSize(1).isEqualTo(today(keys));
    }
}
