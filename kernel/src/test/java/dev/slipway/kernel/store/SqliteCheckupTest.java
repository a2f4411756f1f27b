package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteCheckupTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("slipway.db");
        try (var store = SqliteStore.open(file, StoreContract.NOON, StoreSettings.defaults())) {
            store.commit(
                    commit(
                            IntStream.rangeClosed(1, 600)
                                    .mapToObj(i ->
                                            creation(service("s" + i), "text ".repeat(100) + i))
                                    .toArray(Change[]::new)));
            store.commit(commit(update(service("s1"), "two")));
            store.commit(commit(deletion(service("s2"), "gone")));
            store.commit(commit(creation(service("s2"), "again")));
        }
    }

    @Test
    void findsNothingInASoundStore() {
        var diagnosis = checkup();

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.sound()).isTrue();
        assertThat(diagnosis.revisions()).isEqualTo(603);
        assertThat(diagnosis.resources()).isEqualTo(600);
        assertThat(diagnosis.newest()).isEqualTo(603);
    }

    @Test
    void looksAtAStoreThatIsInUse() {
        try (var store = SqliteStore.open(file, StoreContract.NOON, StoreSettings.defaults())) {
            store.commit(commit(update(service("s3"), "three")));
            assertThat(checkup().findings()).isEmpty();
            assertThat(checkup().newest()).isEqualTo(604);
        }
    }

    /// As a crash leaves them: the newest writes still lie beside the file. A file that may be damaged is not written.
    @Test
    void changesNothingOfWhatACrashHasLeft() throws Exception {
        var crashed = Files.createDirectory(folder.resolve("crashed")).resolve("slipway.db");
        var wal = crashed.resolveSibling("slipway.db-wal");
        try (var store = SqliteStore.open(file, StoreContract.NOON, StoreSettings.defaults())) {
            store.commit(commit(update(service("s3"), "three")));
            Files.copy(file, crashed);
            Files.copy(file.resolveSibling("slipway.db-wal"), wal);
        }
        var before = Files.readAllBytes(crashed);
        var beside = Files.readAllBytes(wal);
        var diagnosis = new SqliteCheckup(crashed, Optional.empty(), _ -> {}).run();
        Backup.ofSqlite(crashed, StoreContract.NOON, List.of(), _ -> {})
                .to(folder.resolve("copy.backup"));

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.newest()).isEqualTo(604);
        assertThat(crashed).hasBinaryContent(before);
        assertThat(wal).hasBinaryContent(beside);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE revision SET actor = 'eve' WHERE number = 7|revision 7 of services default/s7|does not match its digest",
                "UPDATE revision SET body = x'7b7d' WHERE number = 7|revision 7 of services default/s7|does not match its digest",
                "UPDATE revision SET previous = 5 WHERE number = 601|revision 601 of services default/s1|names revision 5 as the one before it",
                "UPDATE revision SET operation = 'MEND' WHERE number = 7|revision 7|cannot be read",
                "DELETE FROM revision WHERE number = 7|revision 7|missing in the log",
                "DELETE FROM revision WHERE number > 600|revisions 601 to 603|the end of the log is missing",
                "UPDATE head SET body = x'7b7d' WHERE name = 's9'|services default/s9|does not match its checksum",
                "UPDATE head SET number = 4 WHERE name = 's9'|services default/s9|at revision 4, in the log it is 9",
                "DELETE FROM head WHERE name = 's9'|services default/s9|its newest state is missing",
                "UPDATE head SET name = 'ghost' WHERE name = 's9'|services default/ghost|which the log does not have",
                "UPDATE tip SET digest = x'00'|the tip of the log|does not carry the digest",
                "DELETE FROM tip|the tip of the log|cannot be read"
            })
    void locatesDamage(String statement, String place, String what) throws Exception {
        run(statement);
        var diagnosis = checkup();

        assertThat(diagnosis.sound()).isFalse();
        assertThat(diagnosis.findings())
                .anySatisfy(finding -> {
                    assertThat(finding.place()).isEqualTo(place);
                    assertThat(finding.what()).contains(what);
                    assertThat(finding.advice()).contains("slipway");
                });
    }

    @Test
    void goesOnBehindADamagedPage() throws Exception {
        var numbers = new ArrayList<Long>();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (var part = 1; part < 8; part++) {
                bytes.seek(bytes.length() * part / 8 / 16_384 * 16_384);
                bytes.write(new byte[4_096]);
            }
        }
        var diagnosis = new SqliteCheckup(file, Optional.empty(), numbers::add).run();

        assertThat(diagnosis.sound()).isFalse();
        assertThat(diagnosis.findings())
                .anyMatch(finding -> finding.place().matches("revisions? \\d+( to \\d+)?"));
        assertThat(diagnosis.revisions()).isBetween(50L, 602L);
    }

    @Test
    void boundsWhatItTells() throws Exception {
        run("UPDATE revision SET actor = 'eve'");
        var diagnosis = checkup();

        assertThat(diagnosis.findings()).hasSize(Diagnosis.MAX_FINDINGS);
        assertThat(diagnosis.more()).isEqualTo(603 - Diagnosis.MAX_FINDINGS);
    }

    @Test
    void saysWhatIsWrongWithTheKeys() throws Exception {
        var secret = service("door");
        try (var store = SqliteStore.open(file, StoreContract.NOON, StoreSettings.defaults())) {
            store.commit(commit(secret(Operation.CREATE, secret, "uid-door", "open-sesame")));
        }
        assertThat(checkup().findings()).isEmpty();

        var key = folder.resolve("keys").resolve(Keyring.FILE);
        Files.write(key, new byte[32]);
        assertThat(checkup().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.harm()).isEqualTo(Finding.Harm.RISK);
                    assertThat(finding.what()).contains("not the key that 1 secrets were sealed");
                });
        Files.delete(key);
        assertThat(checkup().findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.what()).contains("is missing: without it"));

        run("DELETE FROM data_key");
        assertThat(checkup().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.harm()).isEqualTo(Finding.Harm.DAMAGE);
                    assertThat(finding.place()).isEqualTo(secret.toString());
                    assertThat(finding.what()).contains("its key is missing");
                });
    }

    @Test
    void noticesADataKeyThatWasChanged() throws Exception {
        try (var store = SqliteStore.open(file, StoreContract.NOON, StoreSettings.defaults())) {
            store.commit(
                    commit(secret(Operation.CREATE, service("door"), "uid-door", "open-sesame")));
        }
        run(
                "UPDATE data_key SET wrapped = CAST(substr(wrapped, 1, 20) || x'00' || substr(wrapped, 22) AS BLOB)");
        assertThat(checkup().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.harm()).isEqualTo(Finding.Harm.DAMAGE);
                    assertThat(finding.place()).isEqualTo(service("door").toString());
                });
    }

    @Test
    void refusesAFileThatIsNotThereOrNotOurs() throws Exception {
        assertThatThrownBy(() ->
                        new SqliteCheckup(folder.resolve("none.db"), Optional.empty(), _ -> {})
                                .run())
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("there is no database");
        var other = Files.writeString(folder.resolve("other.db"), "notes");
        assertThatThrownBy(() -> new SqliteCheckup(other, Optional.empty(), _ -> {}).run())
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("is not a database");
    }

    private Diagnosis checkup() {
        return new SqliteCheckup(file, Optional.of(Keyring.in(folder)), _ -> {}).run();
    }

    private void run(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
