package dev.slipway.kernel.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Long texts in little room, for where an object may hold only so much: short ones stay as they are and readable.
public final class Packed {
    /// What is shorter than this is left as it is, in characters.
    public static final int MIN_PACKED = 32_768;

    /// How long a text can be that is unpacked, in bytes: who writes one must not fill the memory with it.
    public static final int MAX_UNPACKED = 8 << 20;

    private static final String MARK = "gzip:";

    private Packed() {}

    /// The text, or a shorter one that [#read] makes it of.
    public static String text(String text) {
        if (text.length() < MIN_PACKED) {
            return text;
        }
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return MARK + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// What was packed, or was too short for that; throws [MalformedException] where it cannot be read.
    public static String read(String packed) {
        if (!packed.startsWith(MARK)) {
            return packed;
        }
        try (var unpacking =
                new GZIPInputStream(
                        new ByteArrayInputStream(
                                Base64.getDecoder().decode(packed.substring(MARK.length()))))) {
            var bytes = unpacking.readNBytes(MAX_UNPACKED + 1);
            if (bytes.length > MAX_UNPACKED) {
                throw new MalformedException(
                        "a packed text is longer than %d bytes".formatted(MAX_UNPACKED), null);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedException("a packed text cannot be read: " + e.getMessage(), e);
        }
    }
}
