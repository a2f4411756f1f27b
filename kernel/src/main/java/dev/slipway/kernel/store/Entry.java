package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;

/// A revision as it lies in a log on disk.
///
/// @param link the number of the same key's revision before it, across deletions, so that history is a walk
/// @param digest SHA-256 over the digest of the entry before it and over all of this one but `kept`, with the body as
///     it is stored: integrity can be told without keys
/// @param kept the same as `link`, or where compaction has taken that one the newest before it that is still there
/// @param stored the body as it was written to the disk: sealed, or the same as the revision's
record Entry(Revision revision, long link, byte[] digest, long kept, byte[] stored) {
    /// What comes before the first entry.
    static final byte[] GENESIS = new byte[32];

    static final String NO_CAUSES = "[]";

    /// The entry that follows one with the digest `before`.
    static Entry after(byte[] before, Revision revision, long link, byte[] stored) {
        return new Entry(revision, link, digest(before, revision, link, stored), link, stored);
    }

    /// Whether this is what was written after an entry with the digest `before`.
    boolean follows(byte[] before) {
        return MessageDigest.isEqual(digest, digest(before, revision, link, stored));
    }

    /// The same with a body that was packed as it was written.
    Entry unpacked(byte[] body) {
        return new Entry(revision.with(body), link, digest, kept, body);
    }

    /// When, in microseconds since 1970.
    long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, revision.time());
    }

    /// The numbers as JSON; most writes have none.
    String causes() {
        var causes = revision.attribution().causes();
        return causes.isEmpty() ? NO_CAUSES : Json.text(causes);
    }

    /// Guards the newest body of a key, which is read without its place in the chain.
    static long checksum(ResourceKey key, long number, byte[] stored) {
        var checksum = new CRC32C();
        checksum.update(bytes(number));
        checksum.update(key.toString().getBytes(StandardCharsets.UTF_8));
        checksum.update(stored);
        return checksum.getValue();
    }

    private static byte[] digest(byte[] before, Revision revision, long link, byte[] stored) {
        var sha = sha256();
        sha.update(before);
        var key = revision.key();
        var entry = new Entry(revision, link, before, link, stored);
        for (var number : new long[] {revision.number(), link, entry.micros(), revision.batch()}) {
            sha.update(bytes(number));
        }
        text(sha, key.cluster());
        text(sha, key.group());
        text(sha, key.plural());
        text(sha, key.namespace());
        text(sha, key.name());
        text(sha, revision.uid());
        text(sha, revision.operation().name());
        text(sha, revision.attribution().actor());
        text(sha, entry.causes());
        text(sha, revision.attribution().kept());
        return sha.digest(stored);
    }

    /// The length goes first, so that no two lists of texts give the same bytes.
    private static void text(MessageDigest sha, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(bytes(bytes.length));
        sha.update(bytes);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
