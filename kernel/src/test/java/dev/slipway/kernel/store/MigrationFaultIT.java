package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each statement and each step on the disk of a migration fails once, or is the last one before the process is killed:
/// the former file stays whole, and the next start brings it over.
class MigrationFaultIT {
    /// More faults than a migration can have, so that the loop ends in any case.
    private static final int MOST = 2_000;

    private static final String COPY = "slipway.db.layout-1";

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void survivesEachFaultOfTheDatabaseInTurn(FaultyDriver.Fault fault) throws Exception {
        var at = 0;
        boolean reached;
        do {
            at++;
            var data = former(fault + "-" + at);
            try (var faulty = FaultyDriver.open(fault, at)) {
                opensOrSaysWhy(data, fault);
                reached = faulty.reached();
            }
            finishes(data, "%s number %d".formatted(fault, at));
            assertThat(at).isLessThan(MOST);
        } while (reached);
        assertThat(at).as("%s happened so often", fault).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesEachFaultOfTheDiskInTurn(boolean before) throws Exception {
        var at = 0;
        FaultyDisk disk;
        do {
            at++;
            disk = new FaultyDisk(at, before);
            var data = former("disk-" + before + "-" + at);
            var migration = new Migration(database(data), Keyring.in(data), disk);
            disk.run(migration, data);
            finishes(data, "step %d on the disk".formatted(at));
            assertThat(at).isLessThan(MOST);
        } while (disk.reached());
        assertThat(at).isGreaterThan(8);
    }

    /// What lies in the folder before a statement or step is what a killed process leaves there.
    @Test
    void isFinishedByTheNextStartWhereverItWasKilled() throws Exception {
        var data = former("killed");
        var left = new ArrayList<Path>();
        Runnable keep = () -> left.add(copied(data, folder.resolve("killed-" + left.size())));
        try (var observed = FaultyDriver.observe(keep)) {
            assertThat(observed.reached()).isFalse();
            new Migration(database(data), Keyring.in(data), new ObservedDisk(keep)).run();
        }
        keep.run();

        assertThat(left).hasSizeGreaterThan(30);
        for (var kill : left) {
            finishes(kill, kill.getFileName().toString());
        }
    }

    private static void opensOrSaysWhy(Path data, FaultyDriver.Fault fault) throws SQLException {
        try {
            open(data).close();
        } catch (CannotOpenException e) {
            assertThat(e)
                    .hasMessageContaining("slipway.db")
                    .message()
                    .containsAnyOf("planted", "the disk is full");
            if (e.getMessage().contains("left as it was")) {
                assertThat(isWhole(data)).as("%s: %s", fault, e.getMessage()).isTrue();
                assertThat(data.resolve("slipway.db.migrating")).doesNotExist();
            }
        } catch (ProblemException e) {
            assertThat(e).as("closing").message().containsAnyOf("planted", "the disk is full");
        }
    }

    /// The next start has everything, and the former file is kept as it was.
    private void finishes(Path data, String where) throws Exception {
        try (var store = open(data)) {
            assertThat(store.log(0, 100)).as(where).hasSize(75);
            assertThat(store.state().revision()).as(where).isEqualTo(75);
            var door = KindKey.of("", "secrets").resource("default", "door");
            assertThat(store.state().get(door).orElseThrow().resource().at("data", "password"))
                    .isEqualTo("b3Blbi1zZXNhbWUtdjE=");
        }
        assertThat(
                        new SqliteCheckup(database(data).path(), Optional.empty(), _ -> {})
                                .run()
                                .findings())
                .as(where)
                .isEmpty();
        assertThat(rows(data.resolve(COPY))).as(where).isEqualTo(75);
        assertThat(data.resolve(COPY + "-2")).as(where).doesNotExist();
        assertThat(data.resolve("slipway.db.migrating")).as(where).doesNotExist();
    }

    private static SqliteStore open(Path data) {
        return SqliteStore.open(
                database(data).path(), StoreContract.NOON, StoreSettings.defaults());
    }

    private static SqliteFile database(Path data) {
        return new SqliteFile(data.resolve(DataFolder.DATABASE));
    }

    private static boolean isWhole(Path data) throws SQLException {
        return database(data).isFormer() && rows(database(data).path()) == 75;
    }

    private static long rows(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM revision")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// A folder with a file of the former layout.
    private Path former(String name) throws IOException {
        var data = Files.createDirectory(folder.resolve(name));
        try (InputStream packed =
                        Objects.requireNonNull(
                                MigrationFaultIT.class.getResourceAsStream(
                                        "/store/slipway-1.db.gz"));
                var unpacked = new GZIPInputStream(packed)) {
            Files.copy(unpacked, database(data).path());
        }
        return data;
    }

    /// Names of one file stay names of one file.
    private static Path copied(Path from, Path to) {
        try (var files = Files.list(from)) {
            Files.createDirectory(to);
            for (var file : files.sorted().toList()) {
                copy(file, to);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        var target = to.resolve(file.getFileName());
        var original = file.resolveSibling(DataFolder.DATABASE);
        if (Files.isDirectory(file)) {
            copied(file, target);
        } else if (!file.equals(original)
                && Files.exists(original)
                && Files.isSameFile(file, original)) {
            Files.createLink(target, to.resolve(DataFolder.DATABASE));
        } else {
            Files.copy(file, target);
        }
    }

    /// Lets something be done before each step.
    private static class ObservedDisk implements Disk {
        private final Runnable each;

        ObservedDisk(Runnable each) {
            this.each = each;
        }

        /// Does a step.
        void step(Step step) throws IOException {
            each.run();
            step.take();
        }

        interface Step {
            void take() throws IOException;
        }

        @Override
        public void delete(Path file) throws IOException {
            step(() -> Disk.super.delete(file));
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            step(() -> Disk.super.link(name, file));
        }

        @Override
        public void copy(Path from, Path to) throws IOException {
            step(() -> Disk.super.copy(from, to));
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            step(() -> Disk.super.move(from, to));
        }

        @Override
        public void sync(Path file) throws IOException {
            step(() -> Disk.super.sync(file));
        }

        @Override
        public void syncNames(@Nullable Path names) throws IOException {
            step(() -> Disk.super.syncNames(names));
        }
    }

    /// One of its steps fails, before it is taken or after it.
    private static final class FaultyDisk extends ObservedDisk {
        private final int at;
        private final boolean before;
        private int counted;

        FaultyDisk(int at, boolean before) {
            super(() -> {});
            this.at = at;
            this.before = before;
        }

        boolean reached() {
            return counted >= at;
        }

        /// Runs a migration, which may fail and then says what became of the former file.
        void run(Migration migration, Path data) throws SQLException {
            try {
                migration.run();
            } catch (CannotOpenException e) {
                assertThat(e).hasMessageContaining("planted");
                assertThat(e.getMessage().contains("left as it was"))
                        .as("step %d", at)
                        .isEqualTo(isWhole(data));
            }
        }

        @Override
        void step(Step step) throws IOException {
            counted++;
            if (counted != at) {
                step.take();
                return;
            }
            if (!before) {
                step.take();
            }
            throw new IOException("planted");
        }
    }
}
