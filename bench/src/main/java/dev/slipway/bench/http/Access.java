package dev.slipway.bench.http;

import dev.slipway.client.Kubeconfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Where a server is and how to be known there; makes requests for it and connections to it. Thread-safe.
public final class Access {
    /// How long a connection may take to be made, and an answer to begin.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String host;
    private final int port;
    private final String prefix;
    private final Optional<Tls> tls;
    private final String authorization;

    private Access(String host, int port, String prefix, Optional<Tls> tls, String authorization) {
        this.host = host;
        this.port = port;
        this.prefix = prefix;
        this.tls = tls;
        this.authorization = authorization;
    }

    private static Access to(URI server, Optional<Tls> tls, String token) {
        return new Access(
                server.getHost(),
                server.getPort() >= 0 ? server.getPort() : tls.isPresent() ? 443 : 80,
                server.getPath().replaceAll("/$", ""),
                tls,
                token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    /// The API that a kubeconfig names, with the token or the certificate that it holds.
    public static Access of(Kubeconfig kubeconfig) {
        var server = kubeconfig.server();
        return to(
                server,
                "https".equals(server.getScheme())
                        ? Optional.of(Tls.of(kubeconfig))
                        : Optional.empty(),
                kubeconfig.token());
    }

    /// A server without TLS.
    public static Access plain(URI server, String token) {
        return to(server, Optional.empty(), token);
    }

    /// The same as another user, with all rights: for who may act as others.
    public Access as(String user) {
        var headers =
                "Impersonate-User: %s\r\nImpersonate-Group: system:masters\r\n".formatted(user);
        return new Access(host, port, prefix, tls, authorization + headers);
    }

    /// The same as another client: it shares no TLS session with this one, and comes back by one that it was given itself.
    public Access another() {
        return new Access(host, port, prefix, tls.map(Tls::another), authorization);
    }

    /// A request to read something.
    public Request get(String target) {
        return request("GET", target, "application/json", new byte[0], 200);
    }

    /// A request to read a page, as a browser asks for it.
    public Request page(String target) {
        return request("GET", target, "text/html", new byte[0], 200);
    }

    /// A request to make something.
    public Request post(String target, String type, byte[] body) {
        return request("POST", target, type, body, 201);
    }

    /// A request with a body.
    ///
    /// @param type of the body; of a request without one, what it wants to read
    /// @param expected the status of a good answer
    public Request request(String method, String target, String type, byte[] body, int expected) {
        var head =
                method
                        + " "
                        + prefix
                        + target
                        + " HTTP/1.1\r\nHost: "
                        + authority()
                        + "\r\nUser-Agent: slipway-bench\r\n"
                        + authorization
                        + (body.length == 0
                                ? "Accept: " + type + "\r\n\r\n"
                                : "Accept: application/json\r\nContent-Type: "
                                        + type
                                        + "\r\nContent-Length: "
                                        + body.length
                                        + "\r\n\r\n");
        return new Request(joined(head.getBytes(StandardCharsets.US_ASCII), body), expected);
    }

    /// Makes a connection, TLS included.
    public Connection connect() throws IOException {
        return new Connection(this::open);
    }

    private Socket open() throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return tls.isPresent() ? secured(tls.get().sessions(), socket) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secured(SSLContext context, Socket socket) throws IOException {
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private String authority() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private static byte[] joined(byte[] head, byte[] body) {
        var all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
