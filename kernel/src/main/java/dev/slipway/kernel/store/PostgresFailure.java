package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// What a PostgreSQL server's refusals mean, by their `SQLSTATE`.
final class PostgresFailure {
    private static final int SECONDS_TO_RETRY = 5;
    private static final String PASSWORD =
            "set it in SLIPWAY_STORE_PASSWORD, in the file that store-password-file names, or in ~/.pgpass";
    private static final String NO_PRIVILEGE = "42501";
    private static final String LOCKED = "55P03";
    private static final String CANCELLED = "57014";
    private static final String READ_ONLY = "25006";

    /// Another connection may do better: the server ends, starts, is full of others, or another one serves now; or two
    /// transactions were in each other's way.
    private static final Set<String> PASSING =
            Set.of(
                    "57P01", "57P02", "57P03", "57P05", "25P03", "53300", READ_ONLY, "40001",
                    "40P01");

    private PostgresFailure() {}

    /// Whether it may go well on a new connection.
    static boolean passing(SQLException e) {
        var state = state(e);
        return state.startsWith("08") || PASSING.contains(state);
    }

    /// Why a request fails.
    static ProblemException problem(String what, SQLException e) {
        var reason =
                state(e).equals("53100") ? Reason.INSUFFICIENT_STORAGE : Reason.SERVICE_UNAVAILABLE;
        var problem =
                Problem.of(reason, what + ": " + reason(e))
                        .retryAfter(SECONDS_TO_RETRY)
                        .exception();
        problem.initCause(e);
        return problem;
    }

    /// Why, in words.
    static String reason(SQLException e) {
        return switch (state(e)) {
            case "53100" -> "the disk of the database server is full";
            case LOCKED ->
                    "another session holds a lock on the end of the log (SELECT * FROM pg_locks tells which)";
            case CANCELLED -> "the database server took too long: " + message(e);
            case READ_ONLY -> "the database server takes no writes, it is a standby or read-only";
            case NO_PRIVILEGE -> "the database user lacks a right: " + message(e);
            default -> network(e);
        };
    }

    /// The sentence for what a server says while a store is being opened.
    static String opening(PostgresAddress address, boolean password, SQLException e) {
        return switch (state(e)) {
            case "28P01" ->
                    "the server does not accept the password for user %s; %s"
                            .formatted(address.user(), PASSWORD);
            case "28000" -> message(e) + tls(e);
            case "3D000" ->
                    "there is no database %s on the server; make it with CREATE DATABASE"
                            .formatted(address.database());
            case "08004" -> password ? message(e) : unidentified(address, e);
            case NO_PRIVILEGE ->
                    "user %s has not the rights that it needs in schema %s: %s; grant them, or make a schema of its own: CREATE SCHEMA %s AUTHORIZATION %s"
                            .formatted(
                                    address.user(),
                                    address.schema(),
                                    message(e),
                                    address.schema(),
                                    address.user());
            case LOCKED -> "another process is making the tables and does not finish; try again";
            default -> reason(e);
        };
    }

    private static String network(SQLException e) {
        return switch (root(e)) {
            case UnknownHostException unknown -> "there is no host " + unknown.getMessage();
            case ConnectException _ -> "the database server cannot be reached: connection refused";
            case NoRouteToHostException _ -> "the database server cannot be reached: no route";
            case SocketTimeoutException _ -> "the database server does not answer";
            default -> message(e);
        };
    }

    private static String unidentified(PostgresAddress address, SQLException e) {
        return message(e).contains("password")
                ? "the server wants a password for user %s; %s".formatted(address.user(), PASSWORD)
                : message(e);
    }

    private static String tls(SQLException e) {
        return message(e).contains("no encryption")
                ? "; where the server wants TLS, add ?sslmode=require to the address"
                : "";
    }

    /// One line, without the server's details, which may hold values.
    private static String message(SQLException e) {
        var server = e instanceof PSQLException known ? known.getServerErrorMessage() : null;
        var message = server == null ? e.getMessage() : server.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("no reason given");
    }

    private static String state(SQLException e) {
        var state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static Throwable root(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? e : root(cause);
    }
}
