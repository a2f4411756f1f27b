package dev.slipway.kernel.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;

/// Writes the parts of a backup, packed, and closes them with a digest. For one thread.
///
/// The format: [#MAGIC] as it is, then packed with gzip a header, holes, horizons, data keys, key files, entries in
/// their order, and a trailer with the number of parts and the SHA-256 of all of them.
final class BackupWriter {
    /// How the file begins.
    static final byte[] MAGIC = "SLIPWAY-BACKUP\n".getBytes(StandardCharsets.US_ASCII);

    /// The format that this program writes, said in the header; it reads no newer one.
    static final long FORMAT = 1;

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = Entry.sha256();
    private final GZIPOutputStream packed;
    private final DataOutputStream out;
    private long records;

    BackupWriter(OutputStream file) throws IOException {
        file.write(MAGIC);
        this.packed = new GZIPOutputStream(file, BUFFER);
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(new DigestOutputStream(packed, digest), BUFFER));
    }

    void add(BackupRecord record) throws IOException {
        record.write(out);
        records++;
    }

    /// Says that this was all. The file stays open.
    void finish() throws IOException {
        out.flush();
        new BackupRecord.Trailer(records, digest.digest()).write(out);
        out.flush();
        packed.finish();
    }
}
