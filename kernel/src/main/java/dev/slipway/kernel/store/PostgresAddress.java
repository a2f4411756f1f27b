package dev.slipway.kernel.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Where a log lies on a PostgreSQL server: `postgresql://USER@HOST[:PORT]/DATABASE[?NAME=VALUE&…]`. Holds no password.
///
/// @param host a name or an address, without brackets
/// @param schema the schema that the tables are in
/// @param tls how the connection is secured, by the server's own names: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`
public record PostgresAddress(
        String user,
        String host,
        int port,
        String database,
        String schema,
        Map<String, String> tls) {
    public static final int DEFAULT_PORT = 5432;
    public static final String DEFAULT_SCHEMA = "slipway";

    private static final String SCHEME = "postgresql://";
    private static final String FORM = SCHEME + "USER@HOST:PORT/DATABASE";
    private static final String SCHEMA = "currentSchema";
    private static final TreeSet<String> TLS =
            new TreeSet<>(Arrays.asList("sslcert", "sslkey", "sslmode", "sslrootcert"));
    private static final TreeSet<String> MODES =
            new TreeSet<>(
                    Arrays.asList(
                            "allow", "disable", "prefer", "require", "verify-ca", "verify-full"));
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$-]{0,30}");

    public PostgresAddress {
        tls = Map.copyOf(tls);
    }

    /// Whether a text means a PostgreSQL server at all.
    public static boolean meant(String text) {
        return text.startsWith("postgres:") || text.startsWith("postgresql:");
    }

    /// Reads an address; throws IllegalArgumentException with a sentence that repeats nothing which may be a password.
    public static PostgresAddress of(String text) {
        if (!text.startsWith(SCHEME)) {
            throw refused("does not begin with %s".formatted(SCHEME));
        }
        var rest = text.substring(SCHEME.length());
        var question = rest.indexOf('?');
        var place = question < 0 ? rest : rest.substring(0, question);
        var at = place.lastIndexOf('@');
        var user = user(at < 0 ? "" : place.substring(0, at));
        var slash = place.indexOf('/', at + 1);
        var server = place.substring(at + 1, slash < 0 ? place.length() : slash);
        var parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        var schema = schema(parameters);
        return new PostgresAddress(
                user,
                host(server),
                port(server),
                database(slash < 0 ? "" : place.substring(slash + 1)),
                schema,
                parameters);
    }

    /// As the driver wants it.
    String url() {
        var quoted = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(quoted, port, URLEncoder.encode(database, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        var quoted = host.contains(":") ? "[" + host + "]" : host;
        return "%s%s@%s:%d/%s".formatted(SCHEME, user, quoted, port, database);
    }

    private static String user(String text) {
        if (text.contains(":")) {
            throw refused(
                    "holds a password, which every user of this machine could read in the list of processes; set it in SLIPWAY_STORE_PASSWORD, in the file that store-password-file names, or in ~/.pgpass");
        }
        return given(decoded(text), "user");
    }

    private static String host(String server) {
        if (server.startsWith("[")) {
            var end = server.indexOf(']');
            return given(end < 0 ? "" : server.substring(1, end), "host");
        }
        var colon = server.indexOf(':');
        return given(colon < 0 ? server : server.substring(0, colon), "host");
    }

    private static int port(String server) {
        var colon = server.indexOf(':', server.indexOf(']') + 1);
        if (colon < 0) {
            return DEFAULT_PORT;
        }
        var port = server.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1) {
            throw refused(
                    "has the port \"%s\", which is not a number from 1 to 65535".formatted(port));
        }
        if (Integer.parseInt(port) > 65_535) {
            throw refused("has the port %s, which is greater than 65535".formatted(port));
        }
        return Integer.parseInt(port);
    }

    private static String database(String text) {
        if (text.contains("/")) {
            throw refused("has more than one name after the server; the database is one name");
        }
        return given(decoded(text), "database");
    }

    private static Map<String, String> parameters(String text) {
        var parameters = new TreeMap<String, String>();
        for (var one : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            var equals = one.indexOf('=');
            var name = decoded(equals < 0 ? one : one.substring(0, equals));
            if (!TLS.contains(name) && !name.equals(SCHEMA)) {
                throw refused(
                        "has the parameter \"%s\"; known are %s, %s"
                                .formatted(name, SCHEMA, String.join(", ", TLS)));
            }
            parameters.put(name, decoded(equals < 0 ? "" : one.substring(equals + 1)));
        }
        var mode = parameters.getOrDefault("sslmode", "prefer");
        if (!MODES.contains(mode)) {
            throw refused("has sslmode=%s; known are %s".formatted(mode, String.join(", ", MODES)));
        }
        return parameters;
    }

    /// Takes the schema out of the parameters.
    private static String schema(Map<String, String> parameters) {
        var schema = parameters.remove(SCHEMA);
        if (schema == null) {
            return DEFAULT_SCHEMA;
        }
        if (!NAME.matcher(schema).matches()) {
            throw refused(
                    "has %s=%s, which is not one plain name of at most 31 characters"
                            .formatted(SCHEMA, schema));
        }
        return schema;
    }

    private static String given(String text, String what) {
        if (text.isEmpty()) {
            throw refused("names no %s".formatted(what));
        }
        return text;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("has a % that begins no character");
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                "the address %s; it has the form %s".formatted(what, FORM));
    }
}
