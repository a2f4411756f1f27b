package dev.slipway.app;

import dev.slipway.apiserver.ServerVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which release this is: written by the build.
final class Version {
    static final ServerVersion CURRENT = read();

    private Version() {}

    private static ServerVersion read() {
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(in);
            return new ServerVersion(properties.getProperty("version"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
