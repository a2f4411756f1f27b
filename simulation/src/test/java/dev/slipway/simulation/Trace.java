package dev.slipway.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// What happened, line by line: the last lines in words, all of them as a digest.
final class Trace {
    /// How many lines are told where a run fails.
    static final int TOLD = 60;

    private static final boolean PRINTED = Boolean.getBoolean("sim.trace");

    private final MessageDigest digest;
    private final Deque<String> last = new ArrayDeque<>();

    Trace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void line(String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
        last.add(text);
        if (last.size() > TOLD) {
            last.remove();
        }
        if (PRINTED) {
            System.out.println(text);
        }
    }

    List<String> last() {
        return List.copyOf(last);
    }

    /// Ends the trace.
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
