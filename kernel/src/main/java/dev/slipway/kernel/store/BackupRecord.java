package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// One part of a backup, as a type byte and what belongs to it.
sealed interface BackupRecord {
    /// How many bytes one body, name or key may have.
    int MAX_BYTES = 64 * 1024 * 1024;

    /// What the backup holds, said first.
    record Header(Map<String, Object> tree) implements BackupRecord {}

    record Gone(Hole hole) implements BackupRecord {}

    record Reached(KindKey kind, Horizon horizon) implements BackupRecord {}

    /// The wrapped data key of a resource.
    record DataKey(String uid, byte[] wrapped) implements BackupRecord {}

    /// A file of the folder with the keys.
    record KeyFile(String name, byte[] content) implements BackupRecord {}

    record Logged(Entry entry) implements BackupRecord {}

    /// What comes last: how many records there were, and the digest of all bytes before this one.
    record Trailer(long records, byte[] digest) implements BackupRecord {}

    static BackupRecord read(DataInput in) throws IOException {
        var type = in.readByte();
        return switch (type) {
            case 'b' -> new Header(Json.readObject(bytes(in)));
            case 'g' -> new Gone(new Hole(in.readLong(), in.readLong(), bytes(in)));
            case 'h' ->
                    new Reached(
                            new KindKey(text(in), text(in), text(in)),
                            new Horizon(in.readLong(), in.readLong()));
            case 'd' -> new DataKey(text(in), bytes(in));
            case 'f' -> new KeyFile(text(in), bytes(in));
            case 'r' -> new Logged(entry(in));
            case 'e' -> new Trailer(in.readLong(), bytes(in));
            default -> throw new IOException("a part of an unknown type %d".formatted(type));
        };
    }

    default void write(DataOutput out) throws IOException {
        switch (this) {
            case Header(var tree) -> {
                out.writeByte('b');
                bytes(out, Json.write(tree));
            }
            case Gone(var hole) -> {
                out.writeByte('g');
                out.writeLong(hole.first());
                out.writeLong(hole.last());
                bytes(out, hole.digest());
            }
            case Reached(var kind, var horizon) -> {
                out.writeByte('h');
                text(out, kind.cluster());
                text(out, kind.group());
                text(out, kind.plural());
                out.writeLong(horizon.removed());
                out.writeLong(horizon.complete());
            }
            case DataKey(var uid, var wrapped) -> {
                out.writeByte('d');
                text(out, uid);
                bytes(out, wrapped);
            }
            case KeyFile(var name, var content) -> {
                out.writeByte('f');
                text(out, name);
                bytes(out, content);
            }
            case Logged(var entry) -> {
                out.writeByte('r');
                write(out, entry);
            }
            case Trailer(var records, var digest) -> {
                out.writeByte('e');
                out.writeLong(records);
                bytes(out, digest);
            }
        }
    }

    private static void write(DataOutput out, Entry entry) throws IOException {
        var revision = entry.revision();
        out.writeLong(revision.number());
        text(out, revision.key().cluster());
        text(out, revision.key().group());
        text(out, revision.key().plural());
        text(out, revision.key().namespace());
        text(out, revision.key().name());
        text(out, revision.uid());
        text(out, revision.operation().name());
        out.writeLong(entry.link());
        out.writeLong(entry.kept());
        text(out, revision.attribution().actor());
        text(out, entry.causes());
        text(out, revision.attribution().kept());
        out.writeLong(entry.micros());
        out.writeLong(revision.batch());
        bytes(out, entry.digest());
        bytes(out, entry.stored());
    }

    private static Entry entry(DataInput in) throws IOException {
        var number = in.readLong();
        var key = new ResourceKey(text(in), text(in), text(in), text(in), text(in));
        var uid = text(in);
        var operation = Operation.valueOf(text(in));
        var link = in.readLong();
        var kept = in.readLong();
        var attribution = Attribution.of(text(in), causes(text(in)), text(in));
        var time = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
        var batch = in.readLong();
        var digest = bytes(in);
        var stored = bytes(in);
        var content = Vault.locked().content(key, stored, null);
        var revision =
                new Revision(
                        number,
                        key,
                        uid,
                        operation,
                        operation == Operation.CREATE ? 0 : link,
                        attribution,
                        time,
                        batch,
                        content.body(),
                        content.seal());
        return new Entry(revision, link, digest, kept, stored);
    }

    private static List<Long> causes(String text) {
        return SqlRows.causes(text);
    }

    private static void text(DataOutput out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInput in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a part with %d bytes".formatted(length));
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
