package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testbed.Postgres;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is damaged in a log on a server is found and told, and nothing is changed.
@Tag("postgres")
class PostgresCheckupTest {
    private static final String GUEST = "checkup_guest";

    @TempDir private Path folder;

    private PostgresLogs logs = new PostgresLogs();

    @BeforeEach
    void fill() {
        try (var store = logs.open(StoreContract.NOON, StoreSettings.defaults())) {
            fill(store);
        }
    }

    @Test
    void findsNothingInASoundLogThatIsInUse() {
        try (var store = logs.again()) {
            store.commit(commit(update(service("s3"), "three")));
            var diagnosis = checkup();

            assertThat(diagnosis.findings()).isEmpty();
            assertThat(diagnosis.revisions()).isEqualTo(605);
            assertThat(diagnosis.resources()).isEqualTo(601);
            assertThat(diagnosis.newest()).isEqualTo(605);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE revision SET actor = 'eve' WHERE number = 7|revision 7 of services default/s7|does not match its digest",
                "UPDATE revision SET body = '\\x7b7d' WHERE number = 7|revision 7 of services default/s7|does not match its digest",
                "UPDATE revision SET previous = 5 WHERE number = 601|revision 601 of services default/s1|names revision 5 as the one before it",
                "UPDATE revision SET operation = 'MEND' WHERE number = 7|revision 7|cannot be read",
                "DELETE FROM revision WHERE number = 7|revision 7|missing in the log",
                "DELETE FROM revision WHERE number > 600|revisions 601 to 604|the end of the log is missing",
                "UPDATE head SET body = '\\x7b7d' WHERE name = 's9'|services default/s9|does not match its checksum",
                "UPDATE head SET number = 4 WHERE name = 's9'|services default/s9|at revision 4, in the log it is 9",
                "DELETE FROM head WHERE name = 's9'|services default/s9|its newest state is missing",
                "UPDATE head SET name = 'ghost' WHERE name = 's9'|services default/ghost|which the log does not have",
                "UPDATE tip SET digest = '\\x00'|the tip of the log|does not carry the digest",
                "DELETE FROM tip|the tip of the log|cannot be read",
                "DELETE FROM data_key|services default/door|its key is missing",
                "DROP TABLE data_key|the keys to the secrets|cannot be read"
            })
    void locatesDamage(String statement, String place, String what) throws Exception {
        logs.run(statement);
        var diagnosis = checkup();

        assertThat(diagnosis.sound()).isFalse();
        assertThat(diagnosis.findings())
                .anySatisfy(finding -> {
                    assertThat(finding.place()).isEqualTo(place);
                    assertThat(finding.what()).contains(what);
                    assertThat(finding.advice()).contains("slipway restore");
                });
    }

    @Test
    void saysWhenTheKeyIsAnotherOne() {
        var other = new Keyring(folder, new SecureRandom());
        var diagnosis = checkup(logs.address(), Postgres.PASSWORD, other);

        assertThat(diagnosis.sound()).isTrue();
        assertThat(diagnosis.findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).endsWith(Keyring.FILE);
                    assertThat(finding.what()).contains("is missing");
                    assertThat(finding.advice()).contains("--data");
                });
    }

    @Test
    void goesOnBehindADamagedPage() throws Exception {
        try (var server = Postgres.create()) {
            logs = new PostgresLogs(server);
            fill();
            damage(server);
            var diagnosis = checkup();

            assertThat(diagnosis.sound()).isFalse();
            assertThat(diagnosis.findings())
                    .anySatisfy(finding -> {
                        assertThat(finding.place()).matches("revisions? \\d+( to \\d+)?");
                        assertThat(finding.what()).contains("cannot be read").contains("page");
                    });
            assertThat(diagnosis.revisions()).isBetween(50L, 603L);
        }
    }

    @Test
    void readsWithoutTheRightToWriteAndSaysThatItIsMissing() throws Exception {
        guest("SELECT");
        var diagnosis = checkup(as(GUEST), GUEST, PostgresLogs.KEYS);

        assertThat(diagnosis.sound()).isTrue();
        assertThat(diagnosis.findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).isEqualTo("schema " + logs.schema());
                    assertThat(finding.advice()).contains("GRANT SELECT, INSERT, UPDATE, DELETE");
                });
        guest("INSERT, UPDATE, DELETE");
        assertThat(checkup(as(GUEST), GUEST, PostgresLogs.KEYS).findings()).isEmpty();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        logs.run(
                "DROP USER IF EXISTS " + GUEST,
                "CREATE USER " + GUEST + " PASSWORD '" + GUEST + "'");
        refused(as(GUEST), GUEST, "GRANT USAGE ON SCHEMA \"%s\"".formatted(logs.schema()));
        logs.run("GRANT USAGE ON SCHEMA \"%s\" TO %s".formatted(logs.schema(), GUEST));
        refused(as(GUEST), GUEST, "GRANT SELECT ON ALL TABLES IN SCHEMA");
        refused(as(GUEST), "wrong", "does not accept the password");
        logs.run("UPDATE layout SET number = 1");
        refused(logs.address(), Postgres.PASSWORD, "written by an older version: its layout is 1");
        logs.reserve();
        refused(logs.address(), Postgres.PASSWORD, "holds no store");
        assertThat(schemas()).isZero();
    }

    private static void fill(Store store) {
        store.commit(
                commit(
                        IntStream.rangeClosed(1, 600)
                                .mapToObj(i -> creation(service("s" + i), "text ".repeat(100) + i))
                                .toArray(Change[]::new)));
        store.commit(commit(update(service("s1"), "two")));
        store.commit(commit(deletion(service("s2"), "gone")));
        store.commit(commit(creation(service("s2"), "again")));
        store.commit(commit(secret(Operation.CREATE, service("door"), "uid-door", "open-sesame")));
    }

    /// Zeros in the middle of the log's pages, while nobody has them in memory.
    private void damage(Postgres server) throws Exception {
        Path file;
        try (var session = logs.session();
                var statement = session.createStatement()) {
            statement.execute("CHECKPOINT");
            try (var rows =
                    statement.executeQuery(
                            "SELECT current_setting('data_directory'), pg_relation_filepath('revision')")) {
                rows.next();
                file = Path.of(rows.getString(1), rows.getString(2));
            }
        }
        server.kill();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (var part = 1; part < 6; part++) {
                bytes.seek(bytes.length() * part / 6 / 8_192 * 8_192);
                bytes.write("not a page".repeat(10).getBytes(StandardCharsets.US_ASCII));
            }
        }
        server.start();
    }

    private void guest(String rights) throws SQLException {
        logs.run(
                "DO $$ BEGIN CREATE USER %s PASSWORD '%s'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                        .formatted(GUEST, GUEST),
                "GRANT USAGE ON SCHEMA \"%s\" TO %s".formatted(logs.schema(), GUEST),
                "GRANT %s ON ALL TABLES IN SCHEMA \"%s\" TO %s"
                        .formatted(rights, logs.schema(), GUEST));
    }

    private long schemas() throws SQLException {
        try (var session = logs.session();
                var query =
                        session.prepareStatement(
                                "SELECT count(*) FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, logs.schema());
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private PostgresAddress as(String user) {
        var address = logs.address();
        return new PostgresAddress(
                user,
                address.host(),
                address.port(),
                address.database(),
                address.schema(),
                address.tls());
    }

    private Diagnosis checkup() {
        return checkup(logs.address(), Postgres.PASSWORD, PostgresLogs.KEYS);
    }

    private static Diagnosis checkup(PostgresAddress address, String password, Keyring keyring) {
        return new PostgresCheckup(address, Optional.of(password), keyring, _ -> {}).run();
    }

    private static void refused(PostgresAddress address, String password, String why) {
        assertThatThrownBy(() -> checkup(address, password, PostgresLogs.KEYS))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageStartingWith("cannot open " + address)
                .hasMessageContaining(why);
    }
}
