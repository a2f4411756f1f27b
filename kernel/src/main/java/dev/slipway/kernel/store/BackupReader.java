package dev.slipway.kernel.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a backup one after the other, and believes none that does not fit the ones before it. For one
/// thread.
///
/// Every method throws [CannotOpenException] with a sentence that says what is wrong and after which revision.
final class BackupReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final MessageDigest digest;
    private final DataInputStream in;
    private final Map<Long, Hole> holes = new HashMap<>();
    private long records;
    private long number;
    private byte[] before = Entry.GENESIS;

    private BackupReader(Path file, DataInputStream in, MessageDigest digest) {
        this.file = file;
        this.in = in;
        this.digest = digest;
    }

    static BackupReader open(Path file) {
        try {
            var bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
            try {
                return open(file, bytes);
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        } catch (EOFException e) {
            throw new CannotOpenException("the backup %s is cut short".formatted(file), e);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot read the backup %s: %s".formatted(file, CannotOpenException.reason(e)),
                    e);
        }
    }

    /// Whether a file begins like a backup, or has nothing in it that could be lost.
    static boolean isBackup(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var bytes = Files.newInputStream(file)) {
            var begin = bytes.readNBytes(BackupWriter.MAGIC.length);
            return begin.length == 0 || Arrays.equals(begin, BackupWriter.MAGIC);
        }
    }

    /// The next part; empty once the trailer has confirmed that all were there.
    Optional<BackupRecord> next() {
        var soFar = digest();
        try {
            var record = BackupRecord.read(in);
            if (record instanceof BackupRecord.Trailer trailer) {
                confirm(trailer, soFar);
                return Optional.empty();
            }
            records++;
            check(record);
            return Optional.of(record);
        } catch (EOFException e) {
            throw wrong("is cut short", e);
        } catch (IOException | RuntimeException e) {
            throw e instanceof CannotOpenException known ? known : wrong("is damaged", e);
        }
    }

    /// What the backup says of itself; read first.
    BackupRecord.Header header() {
        if (!(next().orElse(null) instanceof BackupRecord.Header header)) {
            throw wrong("is damaged: it does not say what it holds", null);
        }
        if (!(header.tree().get("format") instanceof Long format)) {
            throw wrong("is damaged: it does not name its format", null);
        }
        if (format > BackupWriter.FORMAT) {
            throw new CannotOpenException(
                    "the backup %s was made by a newer version: its format is %d, this one knows up to %d"
                            .formatted(file, format, BackupWriter.FORMAT));
        }
        return header;
    }

    /// Reads to the end and throws where something is wrong.
    void verify() {
        while (next().isPresent()) {}
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw wrong("cannot be closed", e);
        }
    }

    private static BackupReader open(Path file, BufferedInputStream bytes) throws IOException {
        if (!Arrays.equals(bytes.readNBytes(BackupWriter.MAGIC.length), BackupWriter.MAGIC)) {
            throw new CannotOpenException(
                    "%s is not a backup: it does not begin like one".formatted(file));
        }
        var sha = Entry.sha256();
        var unpacked =
                new DigestInputStream(
                        new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER), sha);
        return new BackupReader(file, new DataInputStream(unpacked), sha);
    }

    private void check(BackupRecord record) {
        switch (record) {
            case BackupRecord.Gone(var hole) -> holes.put(hole.last(), hole);
            case BackupRecord.Logged(var entry) -> follow(entry);
            case BackupRecord.Header _,
                    BackupRecord.Reached _,
                    BackupRecord.DataKey _,
                    BackupRecord.KeyFile _,
                    BackupRecord.Trailer _ -> {}
        }
    }

    private void follow(Entry entry) {
        var at = entry.revision().number();
        if (at != number + 1) {
            var hole = holes.get(at - 1);
            if (hole == null || hole.first() > number + 1) {
                throw wrong("is damaged: revision %d is missing".formatted(number + 1), null);
            }
            before = hole.digest();
        }
        if (!entry.follows(before)) {
            throw wrong("is damaged: revision %d does not match its digest".formatted(at), null);
        }
        number = at;
        before = entry.digest();
    }

    /// Reads on to the very end of the file, so that nothing of it may be missing.
    private void confirm(BackupRecord.Trailer trailer, byte[] soFar) throws IOException {
        if (in.read() >= 0) {
            throw wrong("goes on behind its end", null);
        }
        if (trailer.records() != records || !Arrays.equals(trailer.digest(), soFar)) {
            throw wrong("is damaged: it does not match its digest", null);
        }
    }

    private byte[] digest() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java can copy a SHA-256", e);
        }
    }

    private CannotOpenException wrong(String what, @Nullable Throwable cause) {
        var place = number == 0 ? "before its first revision" : "after revision " + number;
        return new CannotOpenException(
                "the backup %s %s, %s; nothing was changed".formatted(file, what, place), cause);
    }
}
