package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusOnlyTest {
    private static final String BEFORE =
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","managedFields":[{"time":"1"}],"uid":"u"},"spec":{"status":1}}\
            """;

    @Test
    void overlooksStatusAndManagedFields() {
        assertThat(
                        differsInStatusOnly(
                                BEFORE.replace("\"time\":\"1\"", "\"time\":\"2\"")
                                        .replace("\"spec\"", "\"status\":{\"x\":[1]},\"spec\"")))
                .isTrue();
    }

    @Test
    void seesWhateverElseChanges() {
        assertThat(differsInStatusOnly(BEFORE.replace("\"status\":1", "\"status\":2"))).isFalse();
        assertThat(differsInStatusOnly(BEFORE.replace("\"uid\":\"u\"", "\"uid\":\"v\""))).isFalse();
        assertThat(differsInStatusOnly(BEFORE.replace(",\"uid\":\"u\"", ""))).isFalse();
        assertThat(differsInStatusOnly(BEFORE.replace("}}", "},\"data\":{}}"))).isFalse();
    }

    @Test
    void doesNotJudgeWhatItCannotRead() {
        assertThat(differsInStatusOnly("sealed")).isFalse();
        assertThat(StatusOnly.between(bytes("sealed"), bytes("sealed"))).isFalse();
    }

    private static boolean differsInStatusOnly(String after) {
        return StatusOnly.between(bytes(BEFORE), bytes(after));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
