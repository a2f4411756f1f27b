package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The keys of a folder that a backup is restored for: its own stay, and what it does not have comes from the backup.
final class RestoredKeys {
    /// How many former keys may lie in a folder.
    static final int MAX_KEYS = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path keys;

    RestoredKeys(DataFolder folder) {
        this.keys = folder.resolve(DataFolder.KEYS);
    }

    /// Puts files of a backup in; what the caller should know of it, in sentences.
    List<String> put(Map<String, byte[]> files) throws IOException {
        var hints = new ArrayList<String>();
        if (files.isEmpty() && !Files.exists(keys.resolve(Keyring.FILE))) {
            hints.add(
                    "The backup holds no keys: put the %s of the old folder into %s before the start, else its secrets cannot be read."
                            .formatted(Keyring.FILE, keys));
        }
        for (var file : files.entrySet()) {
            if (NAME.matcher(file.getKey()).matches()) {
                put(file.getKey(), file.getValue()).ifPresent(hints::add);
            }
        }
        return hints;
    }

    private Optional<String> put(String name, byte[] content) throws IOException {
        var file = keys.resolve(name);
        if (!Files.exists(file)) {
            DataFolder.writePrivate(file, content);
            return Optional.empty();
        }
        if (Arrays.equals(Files.readAllBytes(file), content) || !name.equals(Keyring.FILE)) {
            return Optional.empty();
        }
        var old = old(content);
        DataFolder.writePrivate(old, content);
        return Optional.of(
                "The key of the backup lies in %s: the next start wraps the secrets with the folder's own key."
                        .formatted(old));
    }

    /// Where a former key belongs: beside the ones that are there, because each may be the only one to some backup.
    private Path old(byte[] content) throws IOException {
        for (int i = 1; i <= MAX_KEYS; i++) {
            var file = keys.resolve(Keyring.OLD + (i == 1 ? "" : "-" + i));
            if (!Files.exists(file) || Arrays.equals(Files.readAllBytes(file), content)) {
                return file;
            }
        }
        throw new IOException(
                "there are %d keys %s* already, move those away that no backup needs"
                        .formatted(MAX_KEYS, keys.resolve(Keyring.OLD)));
    }
}
