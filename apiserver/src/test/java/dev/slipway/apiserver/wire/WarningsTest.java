package dev.slipway.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningsTest {
    @Test
    void quotesEachTextOnce() {
        assertThat(Warnings.header(List.of("a \"b\" \\c", "d", "d")))
                .isEqualTo("299 - \"a \\\"b\\\" \\\\c\", 299 - \"d\"");
    }

    @Test
    void staysOnOneLine() {
        assertThat(Warnings.header(List.of("a\r\nSet-Cookie: b"))).doesNotContain("\r", "\n");
    }

    @Test
    void cutsWhatWouldNotFit() {
        var many = IntStream.range(0, 100).mapToObj(i -> i + "x".repeat(1000)).toList();

        assertThat(Warnings.header(many).length()).isLessThan(2 * Warnings.MAX_LENGTH);
        assertThat(Warnings.header(Collections.nCopies(100, "same"))).isEqualTo("299 - \"same\"");
    }
}
