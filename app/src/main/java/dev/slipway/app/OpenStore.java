package dev.slipway.app;

import dev.slipway.apiserver.http.Health;
import dev.slipway.kernel.store.Compactor;
import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Keyring;
import dev.slipway.kernel.store.Lease;
import dev.slipway.kernel.store.PostgresAddress;
import dev.slipway.kernel.store.PostgresStore;
import dev.slipway.kernel.store.SqliteStore;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The store as it was configured, with what depends on whether other processes share it.
///
/// @param lease the right to run the controllers, and the compactor
/// @param checks what readiness asks of it
record OpenStore(Store store, Compactor compactor, Lease lease, List<Health.Check> checks)
        implements AutoCloseable {
    /// Where the password of a PostgreSQL server is looked for first.
    static final String PASSWORD = "SLIPWAY_STORE_PASSWORD";

    /// How long a process that has gone keeps others from running the controllers.
    static final Duration LEASE = Duration.ofSeconds(6);

    /// How much of the heap the process needs with nothing in the store: kinds, schemas, the tail of the log.
    private static final long OWN_BYTES = 128 << 20;

    /// What may exist however small the heap is: the product's own resources.
    private static final long LEAST_STATE_BYTES = 16 << 20;

    /// Opens what the configuration names; notes when the examples are owed.
    static OpenStore open(
            Config config,
            DataFolder folder,
            Keyring keyring,
            Clock clock,
            RandomGenerator random,
            Map<String, String> environment) {
        return config.postgres()
                .map(address ->
                        postgres(address, config, folder, keyring, clock, random, environment))
                .orElseGet(() -> sqlite(config, folder, keyring, clock));
    }

    /// The password of the PostgreSQL server, where anybody has told it.
    static Optional<String> password(Config config, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(PASSWORD))
                .or(() -> config.storePasswordFile().map(OpenStore::password));
    }

    /// Whether this process is the one that acts for all.
    boolean isOurs() {
        return lease.epoch().isPresent();
    }

    @Override
    public void close() {
        lease.close();
        store.close();
    }

    /// With half of what the heap has beyond the process's own needs for everything that exists: requests, watches and
    /// views have the rest.
    private static StoreSettings settings() {
        var free = Runtime.getRuntime().maxMemory() - OWN_BYTES;
        return StoreSettings.defaults().withStateBytes(Math.max(LEAST_STATE_BYTES, free / 2));
    }

    private static OpenStore sqlite(
            Config config, DataFolder folder, Keyring keyring, Clock clock) {
        FirstStart.noticed(folder, config.examples());
        var store = SqliteStore.open(folder, keyring, clock, settings());
        return new OpenStore(
                store, store.compactor(config.retention(), clock), Lease.alone(), List.of());
    }

    private static OpenStore postgres(
            PostgresAddress address,
            Config config,
            DataFolder folder,
            Keyring keyring,
            Clock clock,
            RandomGenerator random,
            Map<String, String> environment) {
        var store =
                PostgresStore.open(
                        address, password(config, environment), keyring, clock, settings());
        FirstStart.noticed(folder, config.examples(), store);
        var holder =
                "process %d, %s"
                        .formatted(
                                ProcessHandle.current().pid(),
                                new UUID(random.nextLong(), random.nextLong()));
        return new OpenStore(
                store,
                store.compactor(config.retention(), clock),
                store.lease(holder, LEASE),
                List.of(new Health.Check("database", () -> standing(store))));
    }

    private static Health.Finding standing(PostgresStore store) {
        var restarts = store.restarts();
        return store.trouble()
                .map(why -> new Health.Finding(false, why))
                .orElseGet(() ->
                        new Health.Finding(
                                true,
                                restarts == 0
                                        ? ""
                                        : "the log was read anew %d times since the start"
                                                .formatted(restarts)));
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UsageException("--store-password-file %s cannot be read".formatted(file));
        }
    }
}
