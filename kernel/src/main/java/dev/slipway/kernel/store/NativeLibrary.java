package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.sqlite.util.LibraryLoaderUtil;

/// The native part of the embedded database: it lies in a jar, and has to be a file to be loaded.
///
/// Each process unpacks it into the temporary folder, where it stays after a crash, unless it is told where it lies.
public final class NativeLibrary {
    private NativeLibrary() {}

    /// Unpacks the one for this machine into a file, and lets this process load it from there. Before the first database
    /// is opened.
    public static void keep(Path file) throws IOException {
        var path = file.toAbsolutePath();
        var half = path.resolveSibling(path.getFileName() + ".half");
        var resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName();
        try (var packed = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("there is no %s among the jars".formatted(resource));
            }
            Files.copy(packed, half, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
        System.setProperty(
                "org.sqlite.lib.path", Objects.requireNonNull(path.getParent()).toString());
        System.setProperty("org.sqlite.lib.name", path.getFileName().toString());
    }
}
