package dev.slipway.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A kept HTTP/1.1 connection: one request at a time, its answer read to the end; a server that gives the connection up
/// after an answer is connected to again. Used by one thread at a time; closing it from another one ends what is read.
public final class Connection implements AutoCloseable {
    /// How long the head of an answer may be, in bytes.
    static final int MAX_HEAD_BYTES = 64 * 1024;

    /// How long an answer may be, in bytes.
    static final int MAX_BODY_BYTES = 512 * 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int EXCERPT_BYTES = 200;

    /// Makes the socket, TLS included.
    interface Opening {
        Socket open() throws IOException;
    }

    private final Opening opening;
    private volatile Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private int head;
    private byte[] body = new byte[0];
    private int length;
    private boolean lost;
    private boolean begun;

    Connection(Opening opening) throws IOException {
        this.opening = opening;
        this.socket = opening.open();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// How the body of an answer is delimited.
    private record Framing(int status, long length, boolean chunked) {}

    /// Sends a request and reads its answer, which must have the status that the request expects; returns how many
    /// bytes its body has.
    public int send(Request request) throws IOException {
        var framing = ask(request);
        length = 0;
        if (framing.chunked()) {
            for (var size = chunk(); size > 0; size = chunk()) {
                take(size);
                line();
            }
            line();
        } else {
            take(framing.length());
        }
        if (framing.status() != request.expected()) {
            throw unexpected(request, framing.status());
        }
        return length;
    }

    /// The body of the last answer.
    public byte[] body() {
        return Arrays.copyOf(body, length);
    }

    /// Sends a request whose answer goes on and on, and returns its lines; only for answers in chunks.
    public Lines stream(Request request) throws IOException {
        var framing = ask(request);
        if (framing.status() != request.expected() || !framing.chunked()) {
            take(Math.min(Math.max(framing.length(), 0), EXCERPT_BYTES));
            throw unexpected(request, framing.status());
        }
        socket.setSoTimeout(0);
        return new Lines(this);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
            length = 0;
        }
    }

    /// The bytes of the next chunk of a stream; none at its end.
    byte[] next() throws IOException {
        if (begun) {
            // The end of the chunk before, which may come no sooner than the next one.
            line();
        }
        begun = true;
        length = 0;
        take(chunk());
        return body();
    }

    private Framing ask(Request request) throws IOException {
        if (lost) {
            reopen();
        }
        out.write(request.bytes());
        out.flush();
        head = 0;
        var status = status(line());
        long declared = 0;
        var chunked = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                declared = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                lost = lower.contains("close");
            }
        }
        return new Framing(status, declared, chunked);
    }

    private void reopen() throws IOException {
        close();
        socket = opening.open();
        in = socket.getInputStream();
        out = socket.getOutputStream();
        position = limit;
        lost = false;
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new IOException("not an HTTP/1.1 answer: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private long chunk() throws IOException {
        var line = line();
        var end = line.indexOf(';');
        return Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (var one = read(); one != '\n'; one = read()) {
            if (++head > MAX_HEAD_BYTES) {
                throw new IOException("the head of an answer is longer than " + MAX_HEAD_BYTES);
            }
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return line.toString();
    }

    private void take(long bytes) throws IOException {
        if (length + bytes > MAX_BODY_BYTES) {
            throw new IOException("an answer is longer than " + MAX_BODY_BYTES);
        }
        var end = length + (int) bytes;
        if (body.length < end) {
            body = Arrays.copyOf(body, Math.max(end, body.length * 2));
        }
        while (length < end) {
            fill();
            var count = Math.min(limit - position, end - length);
            System.arraycopy(buffer, position, body, length, count);
            position += count;
            length += count;
        }
        head = 0;
    }

    private int read() throws IOException {
        fill();
        return buffer[position++];
    }

    private void fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                throw new EOFException("the server closed the connection");
            }
        }
    }

    private IOException unexpected(Request request, int status) {
        var shown = new String(body, 0, Math.min(length, EXCERPT_BYTES), StandardCharsets.UTF_8);
        return new UnexpectedAnswerException(request.expected(), status, shown);
    }
}
