package dev.slipway.kernel.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The folder with the key to a store's secrets: [#FILE], made when it is missing and nothing was sealed yet.
///
/// The key is replaced by renaming it to [#OLD]: the next start makes another one and wraps all data keys anew, in one
/// transaction. Bodies stay as they are.
public final class Keyring {
    /// The file with the master key: 32 random bytes, for the owner alone.
    public static final String FILE = "secrets.key";

    /// The file with the key before it; what a restore has brought along lies in others whose names begin so.
    public static final String OLD = "secrets.key.old";

    private static final Pattern OLD_NAME = Pattern.compile(Pattern.quote(OLD) + "(-[0-9]+)?");

    private static final Logger LOG = System.getLogger(Keyring.class.getName());

    private static final String PUT_BACK =
            "put the right one back, from the folder of the process that wrote the store or from a backup with keys; --data names the folder";

    private final Path folder;
    private final SecureRandom random;

    public Keyring(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /// That of a data folder: `keys/`.
    static Keyring in(Path dataFolder) {
        return new Keyring(dataFolder.resolve(DataFolder.KEYS), new SecureRandom());
    }

    /// The key to all that is sealed in a database; throws [CannotOpenException] where that is not here.
    Vault unlock(Connection connection, SqlTables tables) throws SQLException {
        try {
            var keys = wrapped(connection);
            for (var name : formerNames()) {
                DataFolder.keepPrivate(folder.resolve(name), "rw-------");
            }
            var all = keys.size();
            var master = master(keys);
            keys.values().removeIf(master::wrapped);
            if (!keys.isEmpty()) {
                rewrap(connection, tables, keys, all, master);
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return all == 0 ? Vault.of(master) : Vault.proven(master);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot read or make the key %s: %s"
                            .formatted(folder.resolve(FILE), CannotOpenException.reason(e)),
                    e);
        }
    }

    /// What closes bytes for one purpose with the master key, which is there once a store was opened.
    public Lockbox lockbox(String purpose) {
        try {
            var keys = former();
            keys.addFirst(master(Map.of()));
            return new Lockbox(purpose, keys);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot read or make the key %s: %s"
                            .formatted(folder.resolve(FILE), CannotOpenException.reason(e)),
                    e);
        }
    }

    /// Whether a store was opened with it before.
    boolean isUsed() {
        return Files.exists(folder.resolve(FILE));
    }

    /// What is wrong with the keys to what is sealed in a store; makes and changes nothing.
    ///
    /// @param wrapped the data keys by uid
    /// @param place how what has a uid is called
    List<Finding> examine(Map<String, byte[]> wrapped, UnaryOperator<String> place) {
        if (wrapped.isEmpty()) {
            return List.of();
        }
        try {
            var known = new ArrayList<>(former());
            key(FILE).ifPresent(known::addFirst);
            return known.isEmpty()
                    ? List.of(missing(wrapped.size()))
                    : examine(wrapped, place, known);
        } catch (IOException | CannotOpenException e) {
            return List.of(
                    Finding.risk(
                            folder.resolve(FILE).toString(),
                            "the key to the secrets cannot be read: " + e.getMessage(),
                            PUT_BACK));
        }
    }

    private List<Finding> examine(
            Map<String, byte[]> wrapped, UnaryOperator<String> place, List<MasterKey> known) {
        var findings = new ArrayList<Finding>();
        for (var key : wrapped.entrySet()) {
            if (known.stream()
                    .noneMatch(one -> one.unwrap(key.getKey(), key.getValue()).isPresent())) {
                findings.add(
                        Finding.damage(
                                place.apply(key.getKey()),
                                "is sealed, and its key is damaged: its content cannot be read",
                                "restore a backup (slipway restore FILE), or write it anew"));
            }
        }
        var other =
                wrapped.values().stream()
                        .allMatch(key -> known.stream().noneMatch(one -> one.wrapped(key)));
        return findings.size() == wrapped.size() && other
                ? List.of(
                        Finding.risk(
                                folder.resolve(FILE).toString(),
                                "is not the key that %d secrets were sealed with"
                                        .formatted(wrapped.size()),
                                PUT_BACK))
                : findings;
    }

    private Finding missing(int secrets) {
        return Finding.risk(
                folder.resolve(FILE).toString(),
                "is missing: without it nobody can read the %d secrets of the store"
                        .formatted(secrets),
                PUT_BACK);
    }

    /// What lies in the folder, or a new one where none is needed for what was sealed before.
    private MasterKey master(Map<String, byte[]> keys) throws IOException {
        var master = read(FILE);
        if (master.isPresent()) {
            return master.get();
        }
        if (!keys.isEmpty() && former().stream().noneMatch(key -> fits(key, keys))) {
            throw new CannotOpenException(
                    "the store holds sealed secrets, and their key %s is missing: put it back, from a backup with keys"
                            .formatted(folder.resolve(FILE)));
        }
        var fresh = MasterKey.fresh(random);
        DataFolder.writePrivate(folder.resolve(FILE), fresh);
        return new MasterKey(fresh, random);
    }

    /// Wraps with the key of now what others have wrapped. What none of them opens is damaged, unless that is all there is.
    ///
    /// @param all how many data keys there are
    private void rewrap(
            Connection connection,
            SqlTables tables,
            Map<String, byte[]> keys,
            int all,
            MasterKey master)
            throws IOException, SQLException {
        var fresh = opened(keys, master);
        if (fresh.isEmpty() && keys.size() == all) {
            throw new CannotOpenException(
                    "the secrets of the store were sealed with another key than %s: put that one back, or beside it as %s"
                            .formatted(folder.resolve(FILE), OLD));
        }
        store(connection, tables, fresh);
        LOG.log(
                Level.INFO,
                "%d data keys are wrapped with the new %s now; %s opens nothing but backups made before"
                        .formatted(fresh.size(), folder.resolve(FILE), OLD));
    }

    /// What the key of now or one before it opens, wrapped by the one of now.
    private Map<String, byte[]> opened(Map<String, byte[]> keys, MasterKey master)
            throws IOException {
        var known = former();
        known.addFirst(master);
        var fresh = LinkedHashMap.<String, byte[]>newLinkedHashMap(keys.size());
        keys.forEach((uid, wrapped) ->
                known.stream()
                        .flatMap(key -> key.unwrap(uid, wrapped).stream())
                        .findFirst()
                        .ifPresent(key -> fresh.put(uid, master.wrap(uid, key))));
        return fresh;
    }

    private static void store(Connection connection, SqlTables tables, Map<String, byte[]> keys)
            throws SQLException {
        try (var control = connection.createStatement();
                var update =
                        connection.prepareStatement(
                                "UPDATE data_key SET wrapped = ? WHERE uid = ?")) {
            tables.begin(control);
            for (var key : keys.entrySet()) {
                update.setBytes(1, key.getValue());
                update.setString(2, key.getKey());
                update.addBatch();
            }
            update.executeBatch();
            control.execute("COMMIT");
        }
    }

    /// Whether a key opens any of these.
    private static boolean fits(MasterKey key, Map<String, byte[]> keys) {
        return keys.entrySet().stream()
                .anyMatch(one -> key.unwrap(one.getKey(), one.getValue()).isPresent());
    }

    private static Map<String, byte[]> wrapped(Connection connection) throws SQLException {
        var keys = new LinkedHashMap<String, byte[]>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT uid, wrapped FROM data_key")) {
            while (rows.next()) {
                keys.put(rows.getString(1), rows.getBytes(2));
            }
        }
        return keys;
    }

    private Optional<MasterKey> read(String name) throws IOException {
        var key = key(name);
        if (key.isPresent()) {
            DataFolder.keepPrivate(folder.resolve(name), "rw-------");
        }
        return key;
    }

    /// The keys that lie beside [#FILE], in the order of their names.
    private List<MasterKey> former() throws IOException {
        var found = new ArrayList<MasterKey>();
        for (var name : formerNames()) {
            key(name).ifPresent(found::add);
        }
        return found;
    }

    private List<String> formerNames() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(OLD_NAME.asMatchPredicate())
                    .sorted()
                    .toList();
        }
    }

    private Optional<MasterKey> key(String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var bytes = Files.readAllBytes(file);
        if (bytes.length != AesBox.KEY_BYTES) {
            throw new CannotOpenException(
                    "%s is no key: it has %d bytes where %d belong; put the right one back"
                            .formatted(file, bytes.length, AesBox.KEY_BYTES));
        }
        return Optional.of(new MasterKey(bytes, random));
    }
}
