package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder that one process keeps its data in, held by a lock that ends with the process, however it ends.
public final class DataFolder implements AutoCloseable {
    /// The file that is locked; it names the process that holds it.
    public static final String LOCK = "slipway.lock";

    /// The folder with the keys.
    public static final String KEYS = "keys";

    /// The database's file.
    public static final String DATABASE = "slipway.db";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Takes the folder, made when it is missing; throws [CannotOpenException] when it cannot be written or is in use.
    public static DataFolder open(Path path) {
        try {
            var missing = !Files.exists(path);
            Files.createDirectories(path);
            if (missing) {
                keepPrivate(path, "rwx------");
            }
            return locked(path);
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new CannotOpenException(
                    "cannot use %s as a data folder: it is not a folder".formatted(path), e);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot write into the data folder %s: %s"
                            .formatted(path, CannotOpenException.reason(e)),
                    e);
        }
    }

    /// Lets nobody but the owner in, where the file system knows owners: bodies lie in it, secrets among them.
    static void keepPrivate(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    /// Writes a file that only its owner reads: on the disk when it returns, and never there in part.
    static void writePrivate(Path file, byte[] content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder);
            keepPrivate(folder, "rwx------");
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        keepPrivate(fresh, "rw-------");
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                // A disk that is nearly full takes a part.
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /// Makes the names in a folder as durable as what lies under them.
    static void sync(@Nullable Path folder) throws IOException {
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    public Path path() {
        return path;
    }

    /// A file or folder in it.
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /// Lets the folder go.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot let go of " + path, e);
        }
    }

    private static DataFolder locked(Path path) throws IOException {
        var channel =
                FileChannel.open(
                        path.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new CannotOpenException(
                        "the data folder %s is in use%s".formatted(path, holder(channel)));
            }
            var own = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(own.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DataFolder(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        var pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return pid.isBlank() ? "" : " by process " + pid;
    }
}
