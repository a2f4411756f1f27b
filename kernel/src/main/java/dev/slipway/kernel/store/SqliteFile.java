package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The database's file: what it must look like, and how connections to it are made.
record SqliteFile(Path path) implements Source {
    /// Tells our files from those of other programs: "Slip".
    static final int APPLICATION = 0x536c6970;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// Makes the file when it is missing or empty, and looks at what it is; throws [CannotOpenException].
    void prepare() {
        try {
            refuseOthers();
            makePrivate();
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                prepare(statement);
            }
            DataFolder.sync(path.toAbsolutePath().getParent());
        } catch (SQLException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw cannotOpen(e);
        }
    }

    @Override
    public void refuseForeign() {
        try {
            if (!Files.exists(path)) {
                throw new CannotOpenException("there is no database %s".formatted(path));
            }
            refuseOthers();
            try (var connection = connect("?mode=ro");
                    var statement = connection.createStatement()) {
                refuseOtherLayouts(statement);
            }
        } catch (SQLException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw cannotOpen(e);
        }
    }

    /// Refuses to begin anew where a store has lost its file, or the file its content.
    ///
    /// @param used whether there was a store
    void refuseEmptied(boolean used) {
        try {
            var wal = beside();
            if (!Files.exists(path) && Files.exists(wal) && Files.size(wal) > 0) {
                throw new CannotOpenException(
                        "the database %s is missing, and its newest writes lie in %s: put it back, or restore a backup (slipway restore FILE); to begin anew, move that file away"
                                .formatted(path, wal));
            }
            if (used && Files.isRegularFile(path) && Files.size(path) == 0) {
                throw new CannotOpenException(
                        "the database %s has lost its content: restore a backup (slipway restore FILE --force); to begin anew, delete the empty file"
                                .formatted(path));
            }
        } catch (IOException e) {
            throw cannotOpen(e);
        }
    }

    /// Whether it is of the layout before this one, which a [Migration] knows.
    boolean isFormer() {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) == 0) {
                return false;
            }
            refuseOthers();
            try (var connection = reader();
                    var statement = connection.createStatement()) {
                return number(statement, "PRAGMA application_id") == APPLICATION
                        && number(statement, "PRAGMA user_version") == FormerLog.LAYOUT;
            }
        } catch (SQLException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw cannotOpen(e);
        }
    }

    /// For the one writer: acknowledged means on the disk, and where a row is deleted its bytes are overwritten.
    Connection writer() throws SQLException {
        return with(
                "PRAGMA synchronous = FULL",
                "PRAGMA journal_size_limit = 67108864",
                "PRAGMA secure_delete = FAST");
    }

    Connection reader() throws SQLException {
        return with("PRAGMA query_only = ON");
    }

    /// Leaves the file as it is also when it is closed: what lies beside it after a crash stays there.
    @Override
    public Connection snapshot() throws SQLException {
        return with(connect("?mode=ro"), "PRAGMA query_only = ON", "BEGIN");
    }

    @Override
    public CannotOpenException cannotOpen(SQLException e) {
        var code = e instanceof SQLiteException known ? known.getResultCode() : null;
        var damaged =
                code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
        return new CannotOpenException(
                (damaged ? "the database %s is damaged: %s" : "cannot open the database %s: %s")
                        .formatted(path, e.getMessage()),
                e);
    }

    /// Refuses a file whose newest writes still lie beside it, where it is to be moved alone.
    void refuseScattered() throws IOException {
        var beside = beside();
        if (Files.exists(beside) && Files.size(beside) > 0) {
            throw new IOException("some of %s still lies in %s".formatted(path, beside));
        }
    }

    /// Where SQLite lays the newest writes.
    private Path beside() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    private CannotOpenException cannotOpen(IOException e) {
        return new CannotOpenException(
                "cannot open the database %s: %s".formatted(path, CannotOpenException.reason(e)),
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
        statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
        statement.execute("PRAGMA journal_mode = WAL");
        if (!made) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            SqlTables.SQLITE.make(statement);
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION);
            statement.executeUpdate("PRAGMA user_version = " + SqlTables.LAYOUT);
            statement.executeUpdate("COMMIT");
        }
    }

    private void refuseOtherLayouts(Statement statement) throws SQLException {
        if (number(statement, "PRAGMA application_id") != APPLICATION) {
            throw new CannotOpenException("%s is a database of another program".formatted(path));
        }
        var layout = number(statement, "PRAGMA user_version");
        if (layout > SqlTables.LAYOUT) {
            throw new CannotOpenException(
                    "%s was written by a newer version: its layout is %d, this one knows up to %d"
                            .formatted(path, layout, SqlTables.LAYOUT));
        }
        if (layout < SqlTables.LAYOUT) {
            throw new CannotOpenException(
                    "%s was written by an older version: its layout is %d, this one knows %d; starting the server brings it there"
                            .formatted(path, layout, SqlTables.LAYOUT));
        }
    }

    private Connection with(String... pragmas) throws SQLException {
        return with(connect(), pragmas);
    }

    private static Connection with(Connection connection, String... pragmas) throws SQLException {
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
        return connect("");
    }

    private Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + path.toUri() + parameters);
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
