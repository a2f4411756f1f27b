package dev.slipway.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A folder as a compressed tar: sorted, one time, owned by root, so that only names and contents count.
final class Tar {
    private static final int FOLDER = 040755;
    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;

    private Tar() {}

    /// Writes the folder under its own name; a file that is there already is replaced once the new one is whole.
    ///
    /// @param programs the names of the files that can be executed
    static Path gzip(Path folder, Path file, Set<String> programs) throws IOException {
        var half = file.resolveSibling(file.getFileName() + ".half");
        try (var tar =
                new TarArchiveOutputStream(
                        new GZIPOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(half))))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted().toList()) {
                    add(tar, folder, path, programs);
                }
            }
        }
        return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void add(
            TarArchiveOutputStream tar, Path folder, Path path, Set<String> programs)
            throws IOException {
        var within = folder.getFileName().resolve(folder.relativize(path)).toString();
        var isFolder = Files.isDirectory(path);
        var entry = new TarArchiveEntry(isFolder ? within + "/" : within);
        entry.setModTime(Product.TIME.toEpochMilli());
        if (isFolder) {
            entry.setMode(FOLDER);
        } else {
            entry.setMode(programs.contains(path.getFileName().toString()) ? PROGRAM : FILE);
            entry.setSize(Files.size(path));
        }
        tar.putArchiveEntry(entry);
        if (!isFolder) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }
}
