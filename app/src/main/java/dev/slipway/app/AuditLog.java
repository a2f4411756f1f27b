package dev.slipway.app;

import dev.slipway.kernel.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// The files that noted reads go to, a line each: `DIR/logs/audit.0.log` and older ones, bounded. Thread-safe.
final class AuditLog implements AutoCloseable {
    /// How large one file may grow, in bytes.
    static final int MAX_BYTES = 50 * 1024 * 1024;

    /// How many files are kept.
    static final int FILES = 10;

    private final FileHandler file;

    private AuditLog(FileHandler file) {
        this.file = file;
    }

    /// Opens the newest; a policy that cannot be kept stops the start.
    static AuditLog open(DataFolder data) {
        try {
            var folder = Files.createDirectories(data.resolve("logs"));
            var pattern = folder.toString().replace("%", "%%") + "/audit.%g.log";
            var file = new FileHandler(pattern, MAX_BYTES, FILES, true);
            file.setFormatter(new Bare());
            var newest = folder.resolve("audit.0.log");
            if (Files.getFileStore(newest).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(newest, PosixFilePermissions.fromString("rw-------"));
            }
            return new AuditLog(file);
        } catch (IOException e) {
            throw new RefusedException(
                    "--audit-reads: no audit file in %s: %s"
                            .formatted(data.path(), e.getMessage()));
        }
    }

    void note(String line) {
        file.publish(new LogRecord(Level.INFO, line));
    }

    @Override
    public void close() {
        file.close();
    }

    /// The line and nothing else.
    private static final class Bare extends Formatter {
        @Override
        public String format(LogRecord line) {
            return line.getMessage() + System.lineSeparator();
        }
    }
}
