package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a text with a file under `src/test/resources/golden`, or writes the file with `-Dgolden=update`.
final class Golden {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private Golden() {}

    static void check(String name, String actual) throws IOException {
        var file = ROOT.resolve(name);
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(ROOT);
            Files.writeString(file, actual);
        }
        assertThat(actual)
                .as("%s; rewrite with -Dgolden=update", file)
                .isEqualTo(Files.readString(file));
    }
}
