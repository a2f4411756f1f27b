package dev.slipway.expression.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{0,1000}){0,1000}){0,1000}",
                "(a{0,100}){0,100}",
                "((a{0,50}){0,50}){0,50}",
                "(?:a{2}){501}",
                "(a{11,}){100}"
            })
    void refusesRepeatsWithinRepeats(String pattern) {
        assertThatThrownBy(() -> Patterns.compile(pattern))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("invalid repeat count");
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        assertThatThrownBy(() -> Patterns.compile("(abcdefghijklmnopqrstuvwxyz){1000}"))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> Patterns.compile("(".repeat(20_000) + "a" + ")".repeat(20_000)))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("nests too deeply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                "^[a-z]{1,253}(\\.[a-z]{1,63}){0,10}$",
                "[]{5000}]x{1000}",
                "\\Q(a{9999})\\E{3}",
                "\\x{10FFFF}\\pN\\p{Greek}{2}",
                "a{,3}{x",
                "[[:alpha:]{]{1000}"
            })
    void takesWhatPeopleWrite(String pattern) {
        assertThat(Patterns.compile(pattern).pattern()).isEqualTo(pattern);
    }

    @Test
    void refusesWhatIsNoPattern() {
        for (var pattern : new String[] {"(a", "a)", "[a", "a**", "\\", "(?<n>a"}) {
            assertThat(Patterns.weight(pattern)).isLessThan(100);
        }
        assertThatThrownBy(() -> Patterns.compile("(a")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void weighsRepeats() {
        assertThat(Patterns.weight("(ab){10}"))
                .isBetween(10 * Patterns.weight("ab"), 50 * Patterns.weight("ab"));
    }
}
