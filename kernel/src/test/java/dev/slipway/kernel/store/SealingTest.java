package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {
    private static final String PLANTED = "open-sesame-0451";

    @TempDir Path folder;

    private Path key;

    @BeforeEach
    void nameTheKey() {
        key = folder.resolve("keys").resolve(Keyring.FILE);
    }

    @Test
    void writesNoConfidentialContentToTheDisk() throws Exception {
        try (var store = open()) {
            store.commit(commit(secret(Operation.CREATE, service("a"), "1", PLANTED)));
            store.commit(commit(secret(Operation.UPDATE, service("a"), "1", PLANTED + "!")));
            store.commit(commit(creation(service("b"), "in the clear")));
            assertThat(Files.size(folder.resolve("slipway.db-wal"))).isPositive();
            assertThat(onDisk("in the clear")).isTrue();
            assertThat(onDisk(PLANTED)).isFalse();
        }
        assertThat(onDisk(PLANTED)).isFalse();
    }

    @Test
    void opensWhatItSealedAfterARestart() {
        planted();
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
            store.commit(commit(secret(Operation.UPDATE, service("a"), "1", "two")));
            assertThat(store.history(service("a"), 10))
                    .extracting(one -> one.object().resource().at("text"))
                    .containsExactly("two", PLANTED);
        }
    }

    @Test
    void keepsTheKeyForItsOwner() throws Exception {
        planted();
        assertThat(Files.size(key)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void destroysTheKeyOfWhatIsDeleted() throws Exception {
        planted();
        var wrapped = wrapped("1");
        try (var store = open()) {
            store.commit(commit(secret(Operation.DELETE, service("a"), "1", "gone")));
        }
        assertThat(count("data_key")).isZero();
        assertThat(onDisk(new String(wrapped, StandardCharsets.ISO_8859_1))).isFalse();
        try (var store = open()) {
            assertThat(store.revision(1).orElseThrow().shredded()).isTrue();
            assertThat(store.at(service("a"), 1).orElseThrow().shredded()).isTrue();
        }
    }

    @Test
    void forgetsAKeyWhoseWriteFailed() {
        var database = SqliteDatabase.open(file(), Keyring.in(folder));
        try (var ledger = new Ledger(database, StoreContract.NOON, StoreSettings.defaults())) {
            ledger.apply(List.of(commit(creation(service("b"), "one"))));
            limit(database);
            var large = "x".repeat(1_000_000);
            assertThatThrownBy(() ->
                            ledger.apply(
                                    List.of(
                                            commit(
                                                    secret(
                                                            Operation.CREATE,
                                                            service("a"),
                                                            "1",
                                                            large)))))
                    .isInstanceOf(ProblemException.class);
            ledger.apply(List.of(commit(secret(Operation.CREATE, service("a"), "1", PLANTED))));
            ledger.apply(List.of(commit(secret(Operation.UPDATE, service("a"), "1", "two"))));
            assertThat(ledger.revision(2).orElseThrow().object().resource().at("text"))
                    .isEqualTo(PLANTED);
        }
    }

    @Test
    void refusesToOpenWithoutTheKey() throws Exception {
        planted();
        Files.delete(key);
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        "the store holds sealed secrets, and their key %s is missing: put it back, from a backup with keys"
                                .formatted(key));
        assertThat(key).doesNotExist();
    }

    @Test
    void refusesToOpenWithAnotherKey() throws Exception {
        planted();
        Files.write(key, new byte[32]);
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        "the secrets of the store were sealed with another key than %s: put that one back, or beside it as secrets.key.old"
                                .formatted(key));
    }

    @Test
    void refusesAKeyThatWasCutShort() throws Exception {
        planted();
        Files.write(key, new byte[31]);
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        "%s is no key: it has 31 bytes where 32 belong; put the right one back"
                                .formatted(key));
    }

    @Test
    void makesANewKeyWhereNothingWasSealed() throws Exception {
        try (var store = open()) {
            store.commit(commit(creation(service("b"), "one")));
        }
        var before = Files.readAllBytes(key);
        Files.delete(key);
        try (var store = open()) {
            assertThat(store.state().revision()).isEqualTo(1);
        }
        assertThat(Files.readAllBytes(key)).hasSize(32).isNotEqualTo(before);
    }

    @Test
    void wrapsTheKeysAnewWhenTheMasterKeyIsReplaced() throws Exception {
        planted();
        var before = wrapped("1");
        Files.move(key, old());
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
        }
        assertThat(wrapped("1")).isNotEqualTo(before);
        Files.delete(old());
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
        }
    }

    @Test
    void refusesAReplacedKeyWhoseOldOneIsNotTheRightOne() throws Exception {
        planted();
        Files.move(key, folder.resolve("safe"));
        Files.write(old(), new byte[32]);
        assertThatThrownBy(this::open).isInstanceOf(CannotOpenException.class);
        assertThat(key).doesNotExist();

        Files.move(folder.resolve("safe"), old(), StandardCopyOption.REPLACE_EXISTING);
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
        }
    }

    @Test
    void refusesToMixTheKeysOfTwoProcesses() throws Exception {
        planted();
        try (var connection = file().writer()) {
            var vault = Vault.of(new MasterKey(new byte[32], new SecureRandom()));
            var keys = new SqlKeys(connection, vault);
            var other =
                    new Revision(
                            2,
                            service("b"),
                            "2",
                            Operation.CREATE,
                            0,
                            Attribution.of("ann"),
                            StoreContract.NOON.instant(),
                            2,
                            Changes.body(service("b"), "one"),
                            Seal.SEALED);
            assertThatThrownBy(() -> keys.stored(other))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().message())
                                            .contains("another keys/secrets.key"));
        }
    }

    @Test
    void opensNoSealedBodyWithTheKeyOfAnother() throws Exception {
        planted();
        try (var store = open()) {
            store.commit(commit(secret(Operation.CREATE, service("b"), "2", "other")));
        }
        change("UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE uid = '2')");
        try (var store = open()) {
            assertThat(unreadable(store, "a")).contains("data key is missing or damaged");
            assertThat(unreadable(store, "b")).isEmpty();
        }
    }

    /// The form, the id of the master key, and what is wrapped; then all of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE data_key SET wrapped = CAST(substr(wrapped, 1, 20) || x'00' || substr(wrapped, 22) AS BLOB) WHERE uid = '1'",
                "UPDATE data_key SET wrapped = x'' WHERE uid = '1'",
                "UPDATE data_key SET wrapped = zeroblob(69) WHERE uid = '1'",
                "DELETE FROM data_key WHERE uid = '1'"
            })
    void startsWhereADataKeyIsLost(String damage) throws Exception {
        planted();
        try (var store = open()) {
            store.commit(commit(secret(Operation.CREATE, service("b"), "2", "other")));
            store.commit(commit(secret(Operation.UPDATE, service("b"), "2", "another")));
        }
        change(damage);
        Files.move(key, old());
        for (int start = 0; start < 2; start++) {
            try (var store = open()) {
                assertThat(unreadable(store, "a")).contains("restore a backup, or write it anew");
                assertThat(store.state().get(service("b")).orElseThrow().resource().at("text"))
                        .isEqualTo("another");
                assertThat(store.past(Changes.SERVICES, 2).list(Changes.SERVICES)).hasSize(2);
            }
        }
        try (var store = open()) {
            store.commit(commit(secret(Operation.UPDATE, service("a"), "1", "anew")));
            store.commit(commit(secret(Operation.CREATE, service("c"), "3", "third")));
        }
        try (var store = open()) {
            assertThat(text(store)).isEqualTo("anew");
            assertThat(unreadable(store, "a")).isEmpty();
            assertThat(store.log(0, 10)).hasSize(5);
            assertThatThrownBy(() -> store.deletion(store.revision(1).orElseThrow()))
                    .hasMessageContaining("or is damaged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x'02' || substr(wrapped, 2)", "x'01ff' || substr(wrapped, 3)"})
    void mendsWhatADataKeySaysOfItself(String damaged) throws Exception {
        planted();
        var before = wrapped("1");
        change("UPDATE data_key SET wrapped = CAST(%s AS BLOB)".formatted(damaged));
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
        }
        assertThat(wrapped("1")).startsWith(Arrays.copyOf(before, 9));
    }

    @Test
    void deletesWhatCannotBeRead() throws Exception {
        planted();
        change("DELETE FROM data_key");
        try (var store = open()) {
            store.commit(commit(secret(Operation.DELETE, service("a"), "1", "gone")));
            assertThat(store.state().get(service("a"))).isEmpty();
            store.commit(commit(secret(Operation.CREATE, service("a"), "2", PLANTED)));
        }
        try (var store = open()) {
            assertThat(text(store)).isEqualTo(PLANTED);
        }
    }

    @Test
    void checksSealedBodiesWithoutAnyKey() throws Exception {
        planted();
        try (var reader = new SqlReader(file().reader(), "", Vault.locked())) {
            var entry = reader.entry(1).orElseThrow();
            assertThat(entry.revision().seal()).isEqualTo(Seal.SEALED);
            assertThat(entry.stored()[0]).isEqualTo(SealedBody.MARK);
            assertThat(new String(entry.revision().body(), StandardCharsets.UTF_8))
                    .doesNotContain(PLANTED);
        }
    }

    @Test
    void tellsADamagedSealedBodyWithoutAnyKey() throws Exception {
        planted();
        change(
                "UPDATE revision SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB)");
        try (var reader = new SqlReader(file().reader(), "", Vault.locked())) {
            assertThatThrownBy(() -> reader.entry(1))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> {
                                assertThat(e.problem().reason()).isEqualTo(Reason.INTERNAL_ERROR);
                                assertThat(e.problem().message())
                                        .contains(
                                                "revision 1 of the log does not match its digest");
                            });
        }
    }

    private void planted() {
        try (var store = open()) {
            store.commit(commit(secret(Operation.CREATE, service("a"), "1", PLANTED)));
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(file().path(), StoreContract.NOON, StoreSettings.defaults());
    }

    private SqliteFile file() {
        return new SqliteFile(folder.resolve("slipway.db"));
    }

    private Path old() {
        return key.resolveSibling(Keyring.OLD);
    }

    /// What its annotation says; empty where it can be read.
    private static String unreadable(Store store, String name) {
        var object = store.state().get(service(name)).orElseThrow();
        assertThat(object.resource().at("metadata", "name")).isEqualTo(name);
        return object.resource().annotation("slipway.dev/content-unreadable").orElse("");
    }

    private static Object text(Store store) {
        return store.state().get(service("a")).orElseThrow().resource().at("text");
    }

    /// Whether any file but the keys holds a text.
    private boolean onDisk(String text) throws IOException {
        try (var files = Files.list(folder).filter(Files::isRegularFile)) {
            for (var each : files.toList()) {
                var bytes = Files.readAllBytes(each);
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void limit(SqliteDatabase database) {
        try {
            database.writer().limitPages(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] wrapped(String uid) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file().path());
                var query =
                        connection.prepareStatement("SELECT wrapped FROM data_key WHERE uid = ?")) {
            query.setString(1, uid);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }
    }

    private long count(String table) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file().path());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file().path());
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
