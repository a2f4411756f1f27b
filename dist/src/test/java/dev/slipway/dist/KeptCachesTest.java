package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCachesTest {
    @TempDir private Path home;

    @Test
    void givesBackWhatWasMadeForTheSameInputOnly() throws IOException {
        var kept = new KeptCaches(home);
        var made = Files.writeString(home.resolve("a.aot"), "noted");
        var out = Files.createDirectory(home.resolve("out"));
        kept.keep("these jars", made);

        assertThat(kept.restore("other jars", out.resolve("a.aot"))).isFalse();
        assertThat(out.resolve("a.aot")).doesNotExist();
        assertThat(kept.restore("these jars", out.resolve("a.aot"))).isTrue();
        assertThat(out.resolve("a.aot")).hasContent("noted");
    }

    @Test
    void keepsTheNewestFew() throws IOException {
        var kept = new KeptCaches(home);
        var made = Files.writeString(home.resolve("a.aot"), "noted");
        for (int i = 0; i < KeptCaches.MAX_KEPT + 2; i++) {
            kept.keep("input " + i, made);
            age(i);
        }

        assertThat(places()).hasSize(KeptCaches.MAX_KEPT);
        assertThat(kept.restore("input 0", home.resolve("b"))).isFalse();
    }

    /// Every folder is a minute older than the one that is made next.
    private void age(int round) throws IOException {
        for (var place : places()) {
            var time = Files.getLastModifiedTime(place).toInstant();
            if (time.isAfter(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600))) {
                Files.setLastModifiedTime(
                        place,
                        FileTime.from(
                                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * round)));
            }
        }
    }

    private List<Path> places() throws IOException {
        try (var files = Files.list(home.resolve("dist/target/start-caches"))) {
            return files.toList();
        }
    }
}
