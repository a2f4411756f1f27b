package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void packsAnArchiveUnlessToldMore() {
        assertThat(Options.of(List.of()))
                .isEqualTo(new Options(Path.of("dist/target"), false, Optional.empty()));
        assertThat(Options.of(List.of("--to", "/x", "--image", "--base", "a.tar")))
                .isEqualTo(new Options(Path.of("/x"), true, Optional.of("a.tar")));
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertRefused("--to", "--to");
        assertRefused("--base", "--base", "a.tar");
        assertRefused("--wrong", "--wrong");
    }

    @Test
    void refusesABaseThatCannotBeBeforeAnythingIsMade() {
        assertThatThrownBy(() -> Containers.check("/nowhere/base.tar"))
                .isInstanceOf(CannotPackException.class)
                .hasMessageContaining("/nowhere/base.tar");
        assertThatThrownBy(() -> Containers.check("No Image"))
                .isInstanceOf(CannotPackException.class)
                .hasMessageContaining("No Image");
        Containers.check("registry.example/team/base:1");
    }

    private static void assertRefused(String word, String... words) {
        assertThatThrownBy(() -> Options.of(List.of(words)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(word);
    }
}
