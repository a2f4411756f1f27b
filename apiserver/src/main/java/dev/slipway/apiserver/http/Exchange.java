package dev.slipway.apiserver.http;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.http.FrontDoor.Look;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

/// Reads one request off the wire: head first, and the body only for who is welcome. Used by one thread.
final class Exchange {
    /// How much of a body that is too long is read and thrown away, so that the client gets to read why.
    private static final long MAX_DISCARDED = 64L * 1024 * 1024;

    /// How much of the body of a request that is not welcome is read and thrown away.
    private static final long MAX_DISCARDED_UNKNOWN = 1024 * 1024;

    /// How long the body of an unknown client may be, in bytes: enough for a code.
    private static final int MAX_UNKNOWN_BYTES = 16 * 1024;

    /// How long a request waits until the bodies before it have been dealt with.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String AUDIT_ID = "Audit-Id";

    private final Request request;
    private final FrontDoor door;
    private final Semaphore memory;
    private final Shares shares;
    private final Duration arrival;
    private final long began = System.nanoTime();
    private final String id;
    private String user = Identities.ANONYMOUS.user();

    /// @param memory the bytes that all bodies together may still have
    /// @param shares what each user may take of the requests
    /// @param arrival how long the body may take to come
    Exchange(Request request, FrontDoor door, Semaphore memory, Shares shares, Duration arrival) {
        this.request = request;
        this.door = door;
        this.memory = memory;
        this.shares = shares;
        this.arrival = arrival;
        this.id = id(request);
    }

    /// The answer, with the id that the request has wherever it is noted.
    WebResponse answer() throws IOException, InterruptedException {
        try {
            return Answers.with(answered(), AUDIT_ID, id);
        } catch (IOException e) {
            if (e instanceof Arriving.LateException || e.getCause() instanceof TimeoutException) {
                return Answers.with(late(), AUDIT_ID, id);
            }
            throw e;
        }
    }

    /// Who asks, once that is known.
    String user() {
        return user;
    }

    /// The client's own, where it is a good one.
    private static String id(Request request) {
        var given = request.getHeaders().get(AUDIT_ID);
        return given != null && given.matches("[A-Za-z0-9._-]{1,64}")
                ? given
                : UUID.randomUUID().toString();
    }

    private WebResponse answered() throws IOException, InterruptedException {
        var head = head();
        if (head.isEmpty()) {
            return Answers.text(400, "the query is not well encoded");
        }
        return switch (door.look(arrival(head.get()))) {
            case Look.Refusal(var response) -> refused(response);
            case Look.Welcome(var identity) -> shared(with(head.get(), identity, new byte[0]));
        };
    }

    /// All who are not known have one share together, so that they keep nobody from coming in.
    private WebResponse refused(WebResponse response) throws IOException {
        var share = shares.take(user);
        if (share.isEmpty()) {
            return response;
        }
        try (var _ = share.get()) {
            discard(MAX_DISCARDED_UNKNOWN);
            return response;
        }
    }

    /// Health is told however much is taken.
    private WebResponse shared(WebRequest head) throws IOException, InterruptedException {
        user = head.identity().user();
        var share = shares.take(user);
        if (share.isEmpty() && !Health.serves(head.path())) {
            discard(MAX_DISCARDED_UNKNOWN);
            return JettyDoor.busy();
        }
        try {
            return answer(head, share);
        } finally {
            share.ifPresent(Shares.Share::close);
        }
    }

    private WebResponse answer(WebRequest head, Optional<Shares.Share> share)
            throws IOException, InterruptedException {
        if (head.header("content-encoding")
                .filter(coding -> !coding.equals("identity"))
                .isPresent()) {
            discard(MAX_DISCARDED);
            return Answers.problem(
                    Problem.of(
                            Problem.Reason.UNSUPPORTED_MEDIA_TYPE,
                            "request bodies must not be compressed"),
                    head);
        }
        var limit =
                head.identity().equals(Identities.ANONYMOUS) ? MAX_UNKNOWN_BYTES : Bodies.MAX_BYTES;
        if (request.getLength() > limit) {
            return tooLarge(head);
        }
        var bytes = bytes(limit);
        return share.isPresent()
                ? within(
                        share.get().memory(),
                        bytes,
                        () -> within(memory, bytes, () -> answer(head, limit, share)))
                : within(memory, bytes, () -> answer(head, limit, share));
    }

    /// How many bytes the body may come to have; a request that cannot have one takes no room.
    private int bytes(int limit) {
        if (request.getLength() >= 0) {
            return (int) request.getLength();
        }
        var hasBody =
                isHttp2() ? !reads() : request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return hasBody ? limit : 0;
    }

    /// An answer that takes something of which there is only so much.
    private interface Answering {
        WebResponse answer() throws IOException, InterruptedException;
    }

    /// Waits until so much is there to be taken, and gives it back afterwards.
    private static WebResponse within(Semaphore some, int count, Answering answering)
            throws IOException, InterruptedException {
        if (!some.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return JettyDoor.busy();
        }
        try {
            return answering.answer();
        } finally {
            some.release(count);
        }
    }

    private WebResponse answer(WebRequest head, int limit, Optional<Shares.Share> share)
            throws IOException, InterruptedException {
        var body = body(limit);
        if (body.isEmpty()) {
            return tooLarge(head);
        }
        var whole = arrival(with(head, head.identity(), body.get()));
        return share.isPresent()
                ? within(share.get().running(reads()), 1, () -> door.answer(whole))
                : door.answer(whole);
    }

    private boolean reads() {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private WebResponse tooLarge(WebRequest head) throws IOException {
        discard(MAX_DISCARDED);
        return Answers.problem(Bodies.tooLarge(), head);
    }

    private Optional<WebRequest> head() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var field : request.getHeaders()) {
            var name = field.getName().toLowerCase(Locale.ROOT);
            headers.merge(
                    name,
                    Optional.ofNullable(field.getValue()).orElse(""),
                    (a, b) -> a + (name.equals("cookie") ? "; " : ", ") + b);
        }
        var uri = request.getHttpURI();
        // HTTP/2 names the host in the address.
        Optional.ofNullable(uri.getAuthority())
                .ifPresent(host -> headers.putIfAbsent("host", host));
        takeToken(headers);
        return query(uri.getQuery())
                .map(query ->
                        new WebRequest(
                                request.getMethod(),
                                Optional.ofNullable(uri.getDecodedPath()).orElse("/"),
                                query,
                                headers,
                                new byte[0],
                                Identities.ANONYMOUS));
    }

    /// A token that came as a WebSocket's protocol counts where none came as it should.
    private static void takeToken(Map<String, String> headers) {
        var offered = headers.remove(Subprotocols.HEADER);
        if (offered != null && Subprotocols.isUpgrade(headers)) {
            Subprotocols.parse(offered)
                    .token()
                    .ifPresent(token -> headers.putIfAbsent("authorization", "Bearer " + token));
        }
    }

    private static Optional<Map<String, List<String>>> query(
            @org.jspecify.annotations.Nullable String query) {
        try {
            return Optional.of(query == null ? Map.of() : Forms.parse(query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Arrival arrival(WebRequest head) {
        return new Arrival(
                head,
                request.isSecure(),
                Request.getLocalPort(request),
                certificates(),
                id,
                Request.getRemoteAddr(request));
    }

    private List<X509Certificate> certificates() {
        return request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session
                        && session.peerCertificates() != null
                ? List.of(session.peerCertificates())
                : List.of();
    }

    private static WebRequest with(WebRequest head, Identity identity, byte[] body) {
        return new WebRequest(
                head.method(), head.path(), head.query(), head.headers(), body, identity);
    }

    /// The whole body; empty where it is too long. A known length is read into one array of that length.
    private Optional<byte[]> body(int limit) throws IOException {
        if (bytes(limit) == 0) {
            return Optional.of(new byte[0]);
        }
        var length = request.getLength();
        var bytes = in().readNBytes(length < 0 ? limit + 1 : (int) length);
        return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }

    /// What somebody is told whose request did not come to its end.
    private WebResponse late() {
        var answer =
                Answers.text(
                        408,
                        "the body of the request did not come within %d s; send it again"
                                .formatted(Math.max(1, arrival.toSeconds())));
        // What is still to come of it could be taken for another request.
        return isHttp2() ? answer : Answers.with(answer, "Connection", "close");
    }

    /// HTTP/1 clients send to the end before they listen; those that ask before they send are not made to.
    private void discard(long most) throws IOException {
        if (isHttp2() || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        try (var in = in()) {
            var buffer = new byte[1 << 16];
            long left = most;
            for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
                left -= n;
            }
        }
    }

    private boolean isHttp2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    private InputStream in() {
        return new Arriving(Content.Source.asInputStream(request), began + arrival.toNanos());
    }
}
