package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// What is done to whole files, one step at a time.
interface Disk {
    /// That of this machine.
    Disk REAL = new Disk() {};

    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /// Gives a file a second name.
    default void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    default void copy(Path from, Path to) throws IOException {
        Files.copy(
                from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// Puts a file in another one's place, at once.
    default void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Makes durable what a file holds.
    default void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Makes the names in a folder durable.
    default void syncNames(@Nullable Path folder) throws IOException {
        DataFolder.sync(folder);
    }
}
