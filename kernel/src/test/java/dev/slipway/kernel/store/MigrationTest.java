package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a file that the version before this layout has written.
class MigrationTest {
    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final ResourceKey DOOR = SECRETS.resource("default", "door");
    private static final ResourceKey LOST = SECRETS.resource("default", "lost");
    private static final ResourceKey NOTES =
            KindKey.of("", "configmaps").resource("default", "notes");

    @TempDir Path folder;

    private Path database;
    private Path copy;

    @BeforeEach
    void unpackTheFormerFile() throws IOException {
        database = folder.resolve("slipway.db");
        copy = folder.resolve("slipway.db.layout-1");
        try (InputStream packed =
                        Objects.requireNonNull(
                                MigrationTest.class.getResourceAsStream("/store/slipway-1.db.gz"));
                var unpacked = new GZIPInputStream(packed)) {
            Files.copy(unpacked, database);
        }
    }

    @Test
    void carriesEveryRevisionOverAsItWas() throws Exception {
        var before = rows();
        try (var store = open()) {
            assertThat(store.state().revision()).isEqualTo(75);
            var after =
                    store.log(0, 100).stream()
                            .filter(revision -> !revision.key().kind().equals(SECRETS))
                            .map(MigrationTest::row)
                            .toList();
            assertThat(after).hasSize(72).isEqualTo(before);
            assertThat(store.history(NOTES, 10))
                    .extracting(Revision::number)
                    .containsExactly(71L, 70L, 69L);
            assertThat(store.at(NOTES, 70).orElseThrow().object().resource().at("data", "k"))
                    .isEqualTo("1");
            assertThat(store.history(NOTES.kind().resource("default", "gone"), 10)).hasSize(4);
        }
    }

    @Test
    void sealsSecretsAndForgetsDeletedOnes() throws Exception {
        try (var store = open()) {
            assertThat(store.state().get(DOOR).orElseThrow().resource().at("data", "password"))
                    .isEqualTo("b3Blbi1zZXNhbWUtdjE=");
            assertThat(store.history(LOST, 10))
                    .extracting(Revision::seal)
                    .containsExactly(Seal.OPEN, Seal.SHREDDED);
            assertThat(store.at(LOST, 67).orElseThrow().shredded()).isTrue();
        }
        for (var planted :
                List.of(
                        "open-sesame-v1",
                        "b3Blbi1zZXNhbWUtdjE",
                        "shredded-v1",
                        "c2hyZWRkZWQtdjE")) {
            assertThat(holds(database, planted)).as(planted).isFalse();
        }
        assertThat(holds(copy, "open-sesame-v1")).isTrue();
    }

    @Test
    void keepsTheFormerFileForItsOwner() throws Exception {
        var before = rows();
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(rows(copy)).isEqualTo(before);
        assertThat(folder.resolve("slipway.db.migrating")).doesNotExist();
        open().close();
        assertThat(folder.resolve("slipway.db.layout-1-2")).doesNotExist();
    }

    @Test
    void beginsAnewAfterItWasCutShort() throws Exception {
        Files.writeString(folder.resolve("slipway.db.migrating"), "half a file");
        Files.writeString(folder.resolve("slipway.db.migrating-wal"), "half a log");
        Files.createLink(copy, database);
        try (var store = open()) {
            assertThat(store.log(0, 100)).hasSize(75);
        }
        assertThat(folder.resolve("slipway.db.migrating")).doesNotExist();
        assertThat(folder.resolve("slipway.db.layout-1-2")).doesNotExist();
    }

    @Test
    void overwritesNoCopyThatIsThere() throws Exception {
        Files.writeString(copy, "another migration's");
        open().close();
        assertThat(copy).hasContent("another migration's");
        assertThat(rows(folder.resolve("slipway.db.layout-1-2"))).hasSize(72);
    }

    @Test
    void refusesADamagedFileAndLeavesIt() throws Exception {
        change(
                "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), '\"k\":\"1\"', '\"k\":\"9\"') AS BLOB) WHERE number = 70");
        refuses("the database is damaged: revision 70 of the log does not match its digest");
    }

    @Test
    void refusesALogWhoseMiddleIsMissing() throws Exception {
        change("DELETE FROM revision WHERE number = 40");
        refuses("the database is damaged: revision 40 is missing in the log");
    }

    @Test
    void refusesALogWhoseEndIsMissing() throws Exception {
        change("DELETE FROM revision WHERE number = 75");
        refuses(
                "the database is damaged: the newest state of configmaps default/gone is not the one in the log");
    }

    @Test
    void saysWhyItCannotWrite() throws Exception {
        Files.createDirectories(folder.resolve("slipway.db.migrating").resolve("in the way"));
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpenException.class)
                .hasMessageStartingWith(
                        "cannot bring the database %s from layout 1 to 2, it is left as it was: "
                                .formatted(database));
        assertThat(rows()).hasSize(72);
    }

    private void refuses(String why) throws SQLException {
        var before = rows();
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        "cannot bring the database %s from layout 1 to 2, it is left as it was: %s"
                                .formatted(database, why));
        assertThat(copy).doesNotExist();
        assertThat(folder.resolve("slipway.db.migrating")).doesNotExist();
        assertThat(rows()).isEqualTo(before);
    }

    private SqliteStore open() {
        return SqliteStore.open(database, StoreContract.NOON, StoreSettings.defaults());
    }

    private List<String> rows() throws SQLException {
        return rows(database);
    }

    /// All that is no secret, as it lies in a file of the former layout.
    private static List<String> rows(Path file) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT number, plural || ' ' || namespace || '/' || name, uid, operation, actor, note,
                                    time, batch, CAST(body AS TEXT)
                                FROM revision WHERE plural <> 'secrets' ORDER BY number\
                                """)) {
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= 9; i++) {
                    row.add(rows.getString(i));
                }
                found.add(String.join("|", row));
            }
        }
        return found;
    }

    private static String row(Revision revision) {
        var key = revision.key();
        return String.join(
                "|",
                "" + revision.number(),
                key.plural() + " " + key.namespace() + "/" + key.name(),
                revision.uid(),
                revision.operation().name(),
                revision.attribution().actor(),
                revision.attribution().note(),
                "" + Entry.after(Entry.GENESIS, revision, 0, revision.body()).micros(),
                "" + revision.batch(),
                new String(revision.body(), StandardCharsets.UTF_8));
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static boolean holds(Path file, String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    }
}
