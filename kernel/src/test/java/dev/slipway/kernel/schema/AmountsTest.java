package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void writesEachWorthInOneForm() {
        assertCanonical("1000m", "1");
        assertCanonical("1500m", "1500m");
        assertCanonical("0.5", "500m");
        assertCanonical("1000k", "1M");
        assertCanonical("1.5Gi", "1536Mi");
        assertCanonical("1024Mi", "1Gi");
        assertCanonical("0.5Ki", "512");
        assertCanonical("-2000", "-2k");
        assertCanonical("0Gi", "0");
        assertCanonical("12e6", "12e6");
        assertCanonical("0.1n", "1n");
        assertCanonical("100Gi", "100Gi");
        assertCanonical(".5", "500m");
    }

    @Test
    void knowsWhatIsNoAmount() {
        for (var text : new String[] {"", "x", "1K", "1 Gi", "1,5", "--1", "Gi", "."}) {
            assertThat(Amounts.canonical(text)).as(text).isEmpty();
        }
    }

    private static void assertCanonical(String text, String canonical) {
        assertThat(Amounts.canonical(text)).contains(canonical);
        assertThat(Amounts.canonical(canonical)).as("twice").contains(canonical);
    }
}
