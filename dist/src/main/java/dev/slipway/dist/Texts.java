package dev.slipway.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The texts that are packed as they are.
final class Texts {
    private Texts() {}

    static String of(String name) throws IOException {
        try (var in = Texts.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
