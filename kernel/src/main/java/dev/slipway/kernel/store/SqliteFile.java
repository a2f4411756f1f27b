package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The database's file: what it must look like, and how connections to it are made.
record SqliteFile(Path path) {
    /// The layout that this program writes; a file says which one it has in `user_version`.
    static final int SCHEMA = 1;

    /// Tells our files from those of other programs: "Slip".
    static final int APPLICATION = 0x536c6970;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// Bodies are JSON and so begin with `{`, which leaves room for other encodings that begin otherwise. A tombstone
    /// has none. Times are microseconds since 1970. There is no index but the keys: the newest revision of a key is
    /// in `head`, the ones before it are found by walking along `previous`.
    ///
    /// Both tables are in order of arrival, bodies apart from the keys' index: a group of creations fills a few pages
    /// at the end instead of one page for each place in the order of keys, a third of the bytes.
    private static final String TABLES =
            """
            CREATE TABLE revision (
                number INTEGER PRIMARY KEY,
                cluster TEXT NOT NULL,
                api_group TEXT NOT NULL,
                plural TEXT NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                uid TEXT NOT NULL,
                operation TEXT NOT NULL,
                previous INTEGER NOT NULL,
                actor TEXT NOT NULL,
                causes TEXT NOT NULL,
                note TEXT NOT NULL,
                time INTEGER NOT NULL,
                batch INTEGER NOT NULL,
                digest BLOB NOT NULL,
                body BLOB NOT NULL
            ) STRICT;
            CREATE TABLE head (
                cluster TEXT NOT NULL,
                api_group TEXT NOT NULL,
                plural TEXT NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                number INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                body BLOB,
                UNIQUE (cluster, api_group, plural, namespace, name)
            ) STRICT;
            PRAGMA application_id = %d;
            PRAGMA user_version = %d;
            """
                    .formatted(APPLICATION, SCHEMA);

    /// Makes the file when it is missing or empty, and looks at what it is; throws [CannotOpenException].
    void prepare() {
        try {
            refuseOthers();
            makePrivate();
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                prepare(statement);
            }
            syncFolder();
        } catch (SQLException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot open the database %s: %s"
                            .formatted(path, CannotOpenException.reason(e)),
                    e);
        }
    }

    /// For the one writer: acknowledged means on the disk.
    Connection writer() throws SQLException {
        return with("PRAGMA synchronous = FULL", "PRAGMA journal_size_limit = 67108864");
    }

    Connection reader() throws SQLException {
        return with("PRAGMA query_only = ON");
    }

    /// The sentence for what SQLite says while the store is being opened.
    CannotOpenException cannotOpen(SQLException e) {
        var code = e instanceof SQLiteException known ? known.getResultCode() : null;
        var damaged =
                code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
        return new CannotOpenException(
                (damaged ? "the database %s is damaged: %s" : "cannot open the database %s: %s")
                        .formatted(path, e.getMessage()),
                e);
    }

    /// An empty file that only its owner reads; what SQLite lays beside it gets the same permissions.
    private void makePrivate() throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path);
            DataFolder.keepPrivate(path, "rw-------");
        }
    }

    private void refuseOthers() throws IOException {
        if (Files.isDirectory(path)) {
            throw new CannotOpenException("%s is a folder, not a database".formatted(path));
        }
        if (!Files.exists(path) || Files.size(path) == 0) {
            return;
        }
        try (var file = Files.newInputStream(path)) {
            if (!Arrays.equals(file.readNBytes(MAGIC.length), MAGIC)) {
                throw new CannotOpenException(
                        "%s is not a database: it does not begin like one".formatted(path));
            }
        }
    }

    /// A file without tables is new, or its making was cut short.
    private void prepare(Statement statement) throws SQLException {
        var made = number(statement, "SELECT count(*) FROM sqlite_schema") > 0;
        if (made) {
            refuseOtherLayouts(statement);
        }
        statement.execute("PRAGMA page_size = 16384");
        statement.execute("PRAGMA journal_mode = WAL");
        if (!made) {
            statement.executeUpdate("BEGIN IMMEDIATE;" + TABLES + "COMMIT;");
        }
    }

    private void refuseOtherLayouts(Statement statement) throws SQLException {
        if (number(statement, "PRAGMA application_id") != APPLICATION) {
            throw new CannotOpenException("%s is a database of another program".formatted(path));
        }
        var layout = number(statement, "PRAGMA user_version");
        if (layout > SCHEMA) {
            throw new CannotOpenException(
                    "%s was written by a newer version: its layout is %d, this one knows up to %d"
                            .formatted(path, layout, SCHEMA));
        }
    }

    /// The file's name must be as durable as its content.
    private void syncFolder() throws IOException {
        var folder = path.toAbsolutePath().getParent();
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Connection with(String... pragmas) throws SQLException {
        var connection = connect();
        try (var statement = connection.createStatement()) {
            for (var pragma : pragmas) {
                statement.execute(pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// By its URI, because a question mark in a path would begin parameters.
    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + path.toUri());
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
