package dev.slipway.app;

import dev.slipway.apiserver.oidc.TrustedIssuer;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.store.PostgresAddress;
import dev.slipway.kernel.store.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What `up` and `serve` are told: defaults, then the file of `--config`, then the options of the command line.
///
/// @param data the folder that everything is kept in
/// @param portal where the portal listens, plain HTTP
/// @param api where the API listens, TLS
/// @param store what the log lies on: `sqlite`, or the address of a PostgreSQL server
/// @param host the names that other machines reach this one by; with a port where a proxy stands before it
/// @param without the features that are switched off
/// @param examples whether the first start loads the welcome examples
/// @param insecureHttp whether the portal may be reached from other machines without TLS
/// @param retention how long the past is kept
/// @param storePasswordFile the file that holds the password of the PostgreSQL server
/// @param issuers who is trusted to say who a person is
/// @param auditedReads the resources of which each read is noted
record Config(
        Path data,
        Address portal,
        Address api,
        String store,
        Set<String> host,
        Set<String> without,
        boolean examples,
        boolean insecureHttp,
        Retention retention,
        Optional<Path> storePasswordFile,
        List<TrustedIssuer> issuers,
        Set<String> auditedReads) {
    static final String SQLITE = "sqlite";
    static final Path DEFAULT_DATA = Path.of(".slipway");
    static final Address DEFAULT_PORTAL = new Address("127.0.0.1", 7070);
    static final Address DEFAULT_API = new Address("127.0.0.1", 7443);

    private static final Set<String> KEYS =
            new TreeSet<>(
                    List.of(
                            "data",
                            "portal",
                            "api",
                            "store",
                            "store-password-file",
                            "host",
                            "without",
                            "empty",
                            "insecure-http",
                            "audit-reads"));
    private static final Set<String> FEATURES =
            new TreeSet<>(List.of("catalog", "cluster", "graph", "policy"));
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Set<String> FLAGS = Set.of("empty", "insecure-http");

    Config {
        host = Set.copyOf(host);
        host.stream()
                .filter(name -> !HOST.matcher(name).matches())
                .findFirst()
                .ifPresent(Config::noName);
        without = Set.copyOf(without);
        without.stream()
                .filter(name -> !FEATURES.contains(name))
                .findFirst()
                .ifPresent(Config::unknownFeature);
        checkStore(store);
        if (!portal.loopback() && !insecureHttp) {
            throw new UsageException(
                    "--portal %s can be reached from other machines without TLS; bind 127.0.0.1, or add --insecure-http"
                            .formatted(portal));
        }
    }

    /// Where the PostgreSQL server is; empty for SQLite.
    Optional<PostgresAddress> postgres() {
        return store.equals(SQLITE) ? Optional.empty() : Optional.of(PostgresAddress.of(store));
    }

    /// Reads the options after the verb `up` (which loads examples) or `serve`.
    static Config of(String verb, List<String> options) {
        var given = options(options);
        Map<String, String> settings = new LinkedHashMap<>();
        if (given.containsKey("config")) {
            settings.putAll(file(Path.of(given.get("config"))));
        }
        given.forEach(settings::put);
        return of(settings, verb.equals("up"));
    }

    /// The options, one line each.
    static List<String> help() {
        return List.of(
                "--data DIR             where everything is kept (default %s)"
                        .formatted(DEFAULT_DATA),
                "--portal HOST:PORT     the portal, plain HTTP (default %s)"
                        .formatted(DEFAULT_PORTAL),
                "--api HOST:PORT        the API, TLS (default %s)".formatted(DEFAULT_API),
                "--store STORE          sqlite (default), or postgresql://USER@HOST:PORT/DATABASE for several processes",
                "--store-password-file FILE   the server's password, where SLIPWAY_STORE_PASSWORD and ~/.pgpass do not tell it",
                "--host NAME,…          names that other machines reach this one by: in the certificate, and answered to",
                "--config FILE          a YAML file with these settings by name, features: {NAME: on|off}, retention: {…} and oidc: […]",
                "--without NAME,…       features that are switched off: graph, catalog, cluster",
                "--empty                leave the welcome example out",
                "--audit-reads NAME,…   resources of which each read is noted in DIR/logs/audit.*.log: secrets, widgets.acme.dev, *",
                "--insecure-http        let other machines reach the portal without TLS");
    }

    /// The names that the two doors are called by.
    Set<String> hosts() {
        var hosts = new TreeSet<>(host);
        hosts.addAll(List.of(portal.host(), api.host()));
        return hosts;
    }

    /// The names that the certificate is for: those without their ports.
    Set<String> certified() {
        return new TreeSet<>(hosts().stream().map(Config::withoutPort).toList());
    }

    /// Where browsers elsewhere sign in, over TLS; empty where only this machine can reach it.
    ///
    /// @param port the one that the API listens on
    Optional<URI> elsewhere(int port) {
        return api.loopback()
                ? Optional.empty()
                : host.stream()
                        .sorted()
                        .findFirst()
                        .map(name -> name.matches(".*:[0-9]+") ? name : name + ":" + port)
                        .map(name -> URI.create("https://" + name + "/"));
    }

    private static String withoutPort(String name) {
        return name.replaceFirst("^([^:]+|\\[.*]):[0-9]+$", "$1").replaceAll("^\\[|]$", "");
    }

    private static void noName(String host) {
        throw new UsageException(
                "--host wants names such as slipway.example or [fd00::1], with :PORT where a proxy stands before; \"%s\" is none"
                        .formatted(host));
    }

    /// Whether a feature is on.
    boolean with(String feature) {
        return !without.contains(feature);
    }

    /// An address is not repeated where it is wrong: it may hold a password.
    private static void checkStore(String store) {
        if (store.equals(SQLITE)) {
            return;
        }
        if (!PostgresAddress.meant(store)) {
            throw new UsageException(
                    "--store knows sqlite and postgresql://USER@HOST:PORT/DATABASE, not \"%s\""
                            .formatted(store.replaceFirst("://.*", "://…")));
        }
        try {
            PostgresAddress.of(store);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--store: " + e.getMessage());
        }
    }

    private static void unknownFeature(String name) {
        throw new UsageException(
                "there is no feature \"%s\" to switch off; there are %s"
                        .formatted(name, String.join(", ", FEATURES)));
    }

    private static Config of(Map<String, String> settings, boolean examples) {
        return new Config(
                Path.of(settings.getOrDefault("data", DEFAULT_DATA.toString())),
                Address.of("--portal", settings.getOrDefault("portal", DEFAULT_PORTAL.toString())),
                Address.of("--api", settings.getOrDefault("api", DEFAULT_API.toString())),
                settings.getOrDefault("store", SQLITE),
                names(settings.getOrDefault("host", "")),
                names(settings.getOrDefault("without", "")),
                !flag(settings, "empty") && examples,
                flag(settings, "insecure-http"),
                retention(settings),
                Optional.ofNullable(settings.get("store-password-file")).map(Path::of),
                IssuerSettings.of(settings.getOrDefault(IssuerSettings.NAME, "[]")),
                names(settings.getOrDefault("audit-reads", "")));
    }

    private static Retention retention(Map<String, String> settings) {
        var text = settings.getOrDefault(RetentionSettings.NAME, "{}");
        return RetentionSettings.of(Json.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> options(List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            option(rest.next(), rest, given);
        }
        return given;
    }

    private static void option(String word, Iterator<String> rest, Map<String, String> given) {
        var equals = word.indexOf('=');
        var name =
                word.startsWith("--") ? word.substring(2, equals < 0 ? word.length() : equals) : "";
        if (!KEYS.contains(name) && !name.equals("config")) {
            throw new UsageException("unknown option \"%s\"".formatted(word));
        }
        if (equals >= 0) {
            given.put(name, word.substring(equals + 1));
        } else if (FLAGS.contains(name)) {
            given.put(name, "true");
        } else if (rest.hasNext()) {
            given.put(name, rest.next());
        } else {
            throw new UsageException("--%s wants a value".formatted(name));
        }
    }

    private static Map<String, String> file(Path file) {
        try {
            if (!(Yaml.read(Files.readAllBytes(file)) instanceof Map<?, ?> tree)) {
                throw new UsageException("--config %s: not a YAML mapping".formatted(file));
            }
            return settings(file, Json.cast(tree));
        } catch (IOException e) {
            throw new UsageException(
                    "--config %s cannot be read: %s".formatted(file, e.getMessage()));
        } catch (MalformedException e) {
            throw new UsageException("--config %s: %s".formatted(file, e.getMessage()));
        }
    }

    private static Map<String, String> settings(Path file, Map<String, Object> tree) {
        Map<String, String> settings = new LinkedHashMap<>();
        var without = new ArrayList<String>();
        tree.forEach((key, value) -> {
            switch (key) {
                case "features" -> without.addAll(switchedOff(file, value));
                case RetentionSettings.NAME, IssuerSettings.NAME ->
                        settings.put(key, Json.text(value));
                case String known when KEYS.contains(known) -> settings.put(key, text(value));
                default ->
                        throw new UsageException(
                                "--config %s: unknown key \"%s\"; known are features, oidc, retention, %s"
                                        .formatted(file, key, String.join(", ", KEYS)));
            }
        });
        if (!without.isEmpty()) {
            settings.merge("without", String.join(",", without), (one, other) -> one + "," + other);
        }
        return settings;
    }

    /// `features: {graph: off}`; `off` is a truth value where YAML is read as Kubernetes does, and a text in quotes.
    private static List<String> switchedOff(Path file, Object features) {
        if (!(features instanceof Map<?, ?> map)) {
            throw new UsageException(
                    "--config %s: features wants a mapping of on and off".formatted(file));
        }
        return Json.cast(map).entrySet().stream()
                .filter(entry -> !on(file, entry.getKey(), String.valueOf(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean on(Path file, String feature, String word) {
        return switch (word) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default ->
                    throw new UsageException(
                            "--config %s: features.%s wants on or off, is \"%s\""
                                    .formatted(file, feature, word));
        };
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private static Set<String> names(String list) {
        return new TreeSet<>(
                Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static boolean flag(Map<String, String> settings, String name) {
        return switch (settings.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new UsageException(
                            "--%s wants true or false, is \"%s\""
                                    .formatted(name, settings.get(name)));
        };
    }
}
