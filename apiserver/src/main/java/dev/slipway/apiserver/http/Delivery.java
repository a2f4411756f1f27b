package dev.slipway.apiserver.http;

import dev.slipway.apiserver.wire.Warnings;
import dev.slipway.client.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/// Puts one answer on the wire. Used by one thread, which blocks until the client has taken it.
final class Delivery {
    /// From which length on JSON is compressed for clients that read that.
    static final int MIN_COMPRESSED_JSON = 128 * 1024;

    /// From which length on pages and their parts are.
    static final int MIN_COMPRESSED_TEXT = 2 * 1024;

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Request request;
    private final Response response;

    Delivery(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    void deliver(WebResponse answer) throws IOException, InterruptedException {
        deliver(answer, () -> {});
    }

    /// @param over called when a streamed answer is over, before its end is written
    void deliver(WebResponse answer, Runnable over) throws IOException, InterruptedException {
        response.setStatus(answer.status());
        var headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache, private");
        answer.headers().forEach(this::put);
        switch (answer) {
            case WebResponse.Whole whole -> whole(whole);
            case WebResponse.Streaming streaming -> stream(streaming, over);
        }
    }

    /// Warnings are sent one by one, as clients read them.
    private void put(String name, String value) {
        if (!name.equals("Warning")) {
            response.getHeaders().put(name, onTheWire(value));
            return;
        }
        Warnings.each(value).forEach(one -> response.getHeaders().add(name, onTheWire(one)));
    }

    private void whole(WebResponse.Whole whole) throws IOException {
        var body = whole.body();
        if (isCompressed(whole)) {
            body = gzip(body);
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
        }
        if (whole.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        var content = isHead() ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body);
        try (var blocker = Blocker.callback()) {
            response.write(true, content, blocker);
            blocker.block();
        }
    }

    private void stream(WebResponse.Streaming streaming, Runnable over)
            throws IOException, InterruptedException {
        try (var sink = Content.Sink.asOutputStream(response);
                var out = new Gathered(sink, BUFFER_BYTES)) {
            try {
                if (!isHead()) {
                    streaming.body().write(out);
                }
            } finally {
                over.run();
            }
        }
    }

    private boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    private boolean isCompressed(WebResponse.Whole whole) {
        var type = whole.headers().getOrDefault("Content-Type", "");
        var text = type.startsWith("text/") || type.startsWith("image/svg");
        var json = type.startsWith("application/");
        var least = text ? MIN_COMPRESSED_TEXT : MIN_COMPRESSED_JSON;
        return (text || json)
                && whole.body().length >= least
                && !whole.headers().containsKey("Content-Encoding")
                && request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(body.length / 4);
        try (var out = new FastGzip(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /// Headers go out byte by byte: those of UTF-8.
    private static String onTheWire(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// Compresses quickly rather than well.
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
