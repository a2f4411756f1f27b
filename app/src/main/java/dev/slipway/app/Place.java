package dev.slipway.app;

import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Keyring;
import dev.slipway.kernel.store.PostgresAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where the store lies that a verb without a server works on, told by the options that `serve` is told by.
///
/// @param data the folder with the keys, and with the database where that is a file
/// @param postgres where the PostgreSQL server is; empty for a file
/// @param password of that server, where it was given
record Place(Path data, Optional<PostgresAddress> postgres, Optional<String> password) {
    /// The options that tell it.
    static final Set<String> OPTIONS = Set.of("data", "store", "store-password-file", "config");

    /// The same in a line of usage.
    static final String USAGE = "[--data DIR] [--store STORE]";

    /// Throws [UsageException] where the options are wrong.
    static Place of(Given given, Map<String, String> environment) {
        var config = Config.of("serve", options(given));
        return new Place(config.data(), config.postgres(), OpenStore.password(config, environment));
    }

    /// The same and others, for [Given].
    static Set<String> optionsAnd(String... others) {
        var options = new TreeSet<>(OPTIONS);
        options.addAll(List.of(others));
        return options;
    }

    /// The file, where it is one.
    Path database() {
        return data.resolve(DataFolder.DATABASE);
    }

    Path keys() {
        return data.resolve(DataFolder.KEYS);
    }

    Keyring keyring() {
        return new Keyring(keys(), new SecureRandom());
    }

    @Override
    public String toString() {
        return postgres.map(address -> address + "?currentSchema=" + address.schema())
                .orElseGet(() -> database().toString());
    }

    private static List<String> options(Given given) {
        var options = new ArrayList<String>();
        for (var name : new TreeSet<>(OPTIONS)) {
            given.option(name).ifPresent(value -> options.add("--" + name + "=" + value));
        }
        return options;
    }
}
