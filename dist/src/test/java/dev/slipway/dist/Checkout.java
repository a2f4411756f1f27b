package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Path;

/// The checkout that the tests run in, with what its build left.
final class Checkout {
    /// What packs and runs.
    static final Path JDK = Path.of(System.getProperty("java.home"));

    private Checkout() {}

    static Product product() throws IOException {
        return Product.in(Path.of("..").toAbsolutePath().normalize());
    }
}
