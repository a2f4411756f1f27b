package dev.slipway.bench.server;

import dev.slipway.bench.report.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The disk that the measured data lies on: what one append costs that is durable when it returns.
public final class Disk {
    private static final int APPEND_BYTES = 4096;

    private Disk() {}

    /// Appends 4 KB and waits for the disk, again and again, in a file of its own.
    public static Samples fdatasync(Path folder, int times) throws IOException {
        var file = Files.createTempFile(folder, "fdatasync", "");
        try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            var nanoseconds = new long[times];
            for (int i = 0; i < times; i++) {
                var began = System.nanoTime();
                channel.write(ByteBuffer.allocate(APPEND_BYTES));
                channel.force(false);
                nanoseconds[i] = System.nanoTime() - began;
            }
            return Samples.of(nanoseconds);
        } finally {
            Files.delete(file);
        }
    }
}
