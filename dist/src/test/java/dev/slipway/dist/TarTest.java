package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {
    @TempDir private Path folder;

    @Test
    void givesTheSameBytesForTheSameNamesAndContents() throws IOException {
        var one = tree("one", List.of("a", "b", "run"), Instant.parse("2020-01-01T00:00:00Z"));
        var other = tree("other", List.of("run", "b", "a"), Instant.parse("2021-01-01T00:00:00Z"));

        var first = Tar.gzip(one, folder.resolve("first.tar.gz"), Set.of("run"));
        var second = Tar.gzip(other, folder.resolve("second.tar.gz"), Set.of("run"));

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @Test
    void ownsNothingAndMakesOnlyProgramsExecutable() throws IOException {
        var tree = tree("tree", List.of("a", "run"), Instant.EPOCH);

        var entries = entries(Tar.gzip(tree, folder.resolve("x.tar.gz"), Set.of("run")));

        assertThat(entries.keySet())
                .containsExactlyInAnyOrder("product/", "product/a", "product/run");
        assertThat(entries.get("product/a").getMode()).isEqualTo(0100644);
        assertThat(entries.get("product/run").getMode()).isEqualTo(0100755);
        assertThat(entries.values())
                .allSatisfy(entry -> {
                    assertThat(entry.getLongUserId()).isZero();
                    assertThat(entry.getUserName()).isEmpty();
                    assertThat(entry.getModTime().toInstant()).isEqualTo(Product.TIME);
                });
    }

    @Test
    void replacesWhatWasThereOnlyWithAWhole() throws IOException {
        var file = Files.writeString(folder.resolve("x.tar.gz"), "the last one");

        Tar.gzip(tree("tree", List.of("a"), Instant.EPOCH), file, Set.of());

        assertThat(entries(file)).containsKey("product/a");
        assertThat(folder.resolve("x.tar.gz.half")).doesNotExist();
    }

    private Path tree(String name, List<String> files, Instant time) throws IOException {
        var tree = Files.createDirectories(folder.resolve(name).resolve("product"));
        for (var file : files) {
            var path = Files.writeString(tree.resolve(file), "content of " + file);
            Files.setLastModifiedTime(path, FileTime.from(time));
        }
        return tree;
    }

    private static Map<String, TarArchiveEntry> entries(Path file) throws IOException {
        Map<String, TarArchiveEntry> entries = new HashMap<>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }
}
