package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "serve",
                "warm-up",
                "doctor",
                "kubeconfig",
                "backup",
                "restore",
                "bench"
            })
    void saysHowAVerbIsUsed(String verb) {
        assertThat(Help.of(verb)).isNotEmpty();
        assertThat(Help.of(verb).getFirst()).startsWith("slipway ").contains(verb);
        assertThat(Help.all()).containsAll(Help.of(verb));
    }

    @Test
    void leavesTheVerbsOfTheClientToIt() {
        assertThat(Help.of("history")).isEmpty();
        assertThat(Help.all()).anyMatch(line -> line.startsWith("slipway history"));
    }

    @Test
    void isAskedForByTwoWords() {
        assertThat(Help.asks("--help")).isTrue();
        assertThat(Help.asks("-h")).isTrue();
        assertThat(Help.asks("--host")).isFalse();
    }
}
