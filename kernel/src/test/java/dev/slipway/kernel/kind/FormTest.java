package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final String LETTERS = "aaz09-AZ_./ é";
    private static final int TRIES = 20_000;

    private final Random random = new Random(7);

    @Test
    void saysWhatItsPatternSays() {
        for (var form : Form.values()) {
            var pattern = Pattern.compile(form.pattern());
            var fitting = 0;
            for (int i = 0; i < TRIES; i++) {
                var text = text();
                var fits = pattern.matcher(text).matches();
                assertThat(form.fits(text)).as("%s of <%s>", form, text).isEqualTo(fits);
                fitting += fits ? 1 : 0;
            }
            assertThat(fitting).as("texts that are a %s", form).isBetween(100, TRIES - 100);
        }
    }

    private String text() {
        var text = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
