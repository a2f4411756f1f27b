package dev.slipway.kernel.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// A PostgreSQL server that a log lies on: what it must be like, and how connections to it are made.
///
/// @param password absent where `~/.pgpass` or the server knows better
record PostgresServer(PostgresAddress address, Optional<String> password) {
    /// How long another session may hold a lock that we wait for.
    static final Duration LOCK = Duration.ofSeconds(5);

    /// How long one statement may take.
    static final Duration STATEMENT = Duration.ofSeconds(20);

    /// How long we may hold a transaction open without a statement, before the server lets others go on.
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(PostgresServer.class.getName());
    private static final int OLDEST = 14;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// The same where a whole store is read or written, and its pieces come from and go to a disk of ours.
    private static final Duration PATIENT = Duration.ofMinutes(30);

    /// Makes the schema and the tables where they are missing, and looks at what is there; throws
    /// [CannotOpenException].
    void prepare() {
        try (var connection = connect()) {
            refuseUnfit(connection);
            if (isCareless(connection)) {
                LOG.log(
                        Level.WARNING,
                        "{0} runs with fsync=off: a crash may lose what was acknowledged",
                        address);
            }
            connection.setAutoCommit(false);
            new PostgresSchema(connection, address).prepare();
            connection.commit();
        } catch (SQLException e) {
            throw cannotOpen(e);
        }
    }

    /// A connection that commits each statement.
    Connection connect() throws SQLException {
        return connect(properties(), IDLE);
    }

    /// For the one writer, which commits by itself.
    Connection writer() throws SQLException {
        var connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /// For readers: all statements until the next commit see the same.
    Connection reader() throws SQLException {
        return reading(connect());
    }

    /// For whoever reads a whole store: a row that cannot be read does not end the transaction.
    Connection wholeReader() throws SQLException {
        var properties = properties();
        properties.setProperty("autosave", "always");
        properties.setProperty("cleanupSavepoints", "true");
        return reading(connect(properties, PATIENT));
    }

    /// For whoever writes a whole store, in one transaction.
    Connection wholeWriter() throws SQLException {
        var connection = connect(properties(), PATIENT);
        connection.setAutoCommit(false);
        return connection;
    }

    private Connection connect(Properties properties, Duration idle) throws SQLException {
        var connection = DriverManager.getConnection(address.url(), properties);
        try (var statement = connection.createStatement()) {
            statement.execute(session(idle));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection reading(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    /// What must hold in every session, whatever the server's defaults are: an acknowledged commit is on the disk; a
    /// transaction sees what was committed before each of its statements; a session whose process has gone is ended
    /// soon; a plan that was made while a table was small does not read all of it when it is large, and none of these
    /// short statements is worth compiling.
    private String session(Duration idle) {
        return """
        SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') <> 'remote_apply';
        SET default_transaction_isolation = 'read committed';
        SET default_transaction_read_only = off;
        SET lock_timeout = %d;
        SET statement_timeout = %d;
        SET idle_in_transaction_session_timeout = %d;
        SET tcp_keepalives_idle = 10;
        SET tcp_keepalives_interval = 5;
        SET tcp_keepalives_count = 3;
        SET enable_seqscan = off;
        SET jit = off;
        SET search_path = "%s"\
        """
                .formatted(
                        LOCK.toMillis(), STATEMENT.toMillis(), idle.toMillis(), address.schema());
    }

    CannotOpenException cannotOpen(SQLException e) {
        return cannotOpen(PostgresFailure.opening(address, password.isPresent(), e));
    }

    private CannotOpenException cannotOpen(String why) {
        return new CannotOpenException("cannot open %s: %s".formatted(address, why));
    }

    /// Throws [CannotOpenException] where no log can lie on the server.
    void refuseUnfit(Connection connection) throws SQLException {
        var version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw cannotOpen(
                    "the server is PostgreSQL %d, which is too old; %d is needed"
                            .formatted(version, OLDEST));
        }
        if (setting(connection, "SELECT pg_is_in_recovery()").equals("t")) {
            throw cannotOpen("the server is a standby, which takes no writes; name the primary");
        }
        var encoding = setting(connection, "SHOW server_encoding");
        if (!encoding.toUpperCase(Locale.ROOT).equals("UTF8")) {
            throw cannotOpen("the database keeps texts as %s, not as UTF8".formatted(encoding));
        }
    }

    /// Whether what the server acknowledges may not be on its disk.
    static boolean isCareless(Connection connection) throws SQLException {
        return setting(connection, "SHOW fsync").equals("off");
    }

    private static String setting(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                var rows = statement.executeQuery()) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /// The driver repeats in its errors what the server says of rows, which may hold secrets: not wanted.
    private Properties properties() {
        var properties = new Properties();
        address.tls().forEach(properties::setProperty);
        properties.setProperty("user", address.user());
        password.ifPresent(text -> properties.setProperty("password", text));
        properties.setProperty("ApplicationName", "slipway");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(2 * CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(STATEMENT.toSeconds() + 5));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("prepareThreshold", "-1");
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }
}
