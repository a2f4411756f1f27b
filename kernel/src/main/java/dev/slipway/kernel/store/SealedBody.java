package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// A body as it is stored of a confidential resource: [#MARK], what it is in the clear, and the rest in an [AesBox]
/// under the data key of its uid, bound to the uid, the key and what is in the clear.
///
/// @param header how many bytes lie before the box
record SealedBody(byte[] stored, String apiVersion, String kind, String uid, int header) {
    /// What a sealed body begins with; one that is not begins with `{`.
    static final byte MARK = 0x03;

    /// Whether bytes from the disk are a sealed body.
    static boolean is(byte[] stored) {
        return stored.length > 0 && stored[0] == MARK;
    }

    /// What is to be stored of a revision.
    static byte[] close(Revision revision, byte[] dataKey, SecureRandom random) {
        var header = header(revision);
        var box = AesBox.close(dataKey, bound(header, revision.key()), revision.body(), random);
        var stored = Arrays.copyOf(header, header.length + box.length);
        System.arraycopy(box, 0, stored, header.length, box.length);
        return stored;
    }

    /// What can be told without a key; throws an IllegalArgumentException where even that is damaged.
    static SealedBody read(byte[] stored) {
        var bytes = new ByteArrayInputStream(stored);
        try (var in = new DataInputStream(bytes)) {
            in.readByte();
            return new SealedBody(
                    stored,
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    stored.length - bytes.available());
        } catch (IOException e) {
            throw new IllegalArgumentException("a sealed body without a whole header", e);
        }
    }

    /// The whole body; empty where the key does not fit.
    Optional<byte[]> open(ResourceKey key, byte[] dataKey) {
        return AesBox.open(dataKey, bound(Arrays.copyOf(stored, header), key), stored, header);
    }

    /// The body without its content.
    byte[] remains(ResourceKey key) {
        return Remains.of(key, apiVersion, kind, uid);
    }

    private static byte[] header(Revision revision) {
        var object = revision.object();
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(MARK);
            out.writeUTF(object.field("apiVersion"));
            out.writeUTF(object.field("kind"));
            out.writeUTF(revision.uid());
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bound(byte[] header, ResourceKey key) {
        var name = key.toString().getBytes(StandardCharsets.UTF_8);
        var bound = Arrays.copyOf(header, header.length + name.length);
        System.arraycopy(name, 0, bound, header.length, name.length);
        return bound;
    }
}
