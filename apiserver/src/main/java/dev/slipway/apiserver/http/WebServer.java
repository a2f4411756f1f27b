package dev.slipway.apiserver.http;

import dev.slipway.apiserver.access.Credentials;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The listening server: the portal's port in plain HTTP, the API's over TLS, the same routes on both.
///
/// Started once and closed once, by one thread.
public final class WebServer implements AutoCloseable {
    /// How long the head of a request may be, in bytes.
    static final int MAX_HEAD_BYTES = 32 * 1024;

    /// How many requests one HTTP/2 connection may have open: clients put all their watches on one.
    static final int MAX_STREAMS_PER_CONNECTION = 4096;

    /// How many connections may be open; more wait to be taken.
    static final int MAX_CONNECTIONS = 25_000;

    /// How many connections may wait to be taken: when a server comes back, all of its clients do at once, and whom the
    /// system turns away tries again only after seconds.
    static final int MAX_WAITING = 4096;

    /// Threads that wait for connections: one accepts and one selects for each port.
    private static final int WAITING_THREADS = 4;

    /// How many threads for each processor shake hands and read heads. None of them ever waits, so more would not be
    /// quicker: a crowd of handshakes would only take the processors from the requests of those who are in.
    private static final int THREADS_PER_PROCESSOR = 2;

    /// How many references lie side by side. Jetty asks the virtual machine's management for it where it is not said,
    /// and setting that up takes a tenth of a start.
    private static final String CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /// Jetty tells much about its own start; held here, or the level would be forgotten.
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    /// Where to listen; port 0 takes a free one.
    public record Address(String host, int port) {
        /// Reads `127.0.0.1:7070` or `[::1]:7070`; throws [IllegalArgumentException] where it is not such a thing.
        public static Address parse(String text) {
            var colon = text.lastIndexOf(':');
            var port = text.substring(colon + 1);
            if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("not HOST:PORT: " + text);
            }
            var host = text.substring(0, colon);
            var bare = host.startsWith("[") && host.endsWith("]");
            return new Address(
                    bare ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
        }

        /// As it stands in addresses: IPv6 in brackets.
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// How patient a server is that stops.
    ///
    /// @param most how long requests and their answers may take to end
    /// @param silence how long nothing may move on a connection meanwhile
    public record Patience(Duration most, Duration silence) {
        public static Patience defaults() {
            return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10));
        }
    }

    private final Server server;
    private final JettyDoor door;
    private final HeadDeadlines heads;
    private final ServerConnector portal;
    private final ServerConnector api;
    private final Address portalAddress;
    private final Address apiAddress;
    private final Limits limits;
    private final Patience patience;

    /// @param credentials the certificate that the server shows, and the authority that signs those of clients
    public WebServer(
            Address portal,
            Address api,
            Credentials credentials,
            FrontDoor door,
            Limits limits,
            Patience patience) {
        JETTY.setLevel(Level.WARNING);
        this.limits = limits;
        this.patience = patience;
        this.portalAddress = portal;
        this.apiAddress = api;
        this.heads = new HeadDeadlines(limits.head());
        this.door = new JettyDoor(door, limits, heads);
        this.server = new Server(threads());
        this.portal = plain(portal);
        var tls = tls(credentials);
        door.metrics().gauge("slipway_tls_native", () -> tls.isNative() ? 1 : 0);
        this.api = secure(api, tls);
        server.addConnector(this.portal);
        server.addConnector(this.api);
        server.setHandler(this.door);
        server.setErrorHandler(new BareErrors());
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    }

    /// Takes both ports: clients may connect, and wait for [#start].
    public void bind() {
        try {
            bind(portal, portalAddress);
            bind(api, apiAddress);
        } catch (ProblemException e) {
            close();
            throw e;
        }
    }

    /// Begins to answer, once the ports are taken.
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the web server does not start", e);
        }
    }

    /// Where the portal is, once its port is taken: `http://127.0.0.1:7070/`.
    public URI portal() {
        return uri("http", portalAddress, portal);
    }

    /// Where the API is, once its port is taken: `https://127.0.0.1:7443`.
    public URI api() {
        return URI.create(uri("https", apiAddress, api).toString().replaceAll("/$", ""));
    }

    /// Takes no more connections, ends watches, lets requests and their answers finish, and stops.
    @Override
    public void close() {
        try {
            portal.close();
            api.close();
            // Tells clients that their connections end, and shortens the patience with those that
            // are silent.
            var _ = Graceful.shutdown(server);
            door.stopWithin(patience.most());
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not stop", e);
        } finally {
            heads.close();
        }
    }

    private static URI uri(String scheme, Address address, ServerConnector connector) {
        var reached = new Address(reachable(address.host()), connector.getLocalPort());
        return URI.create(scheme + "://" + reached + "/");
    }

    /// A server on all addresses is reached at the loopback's.
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }

    private static void bind(ServerConnector connector, Address address) {
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            throw Problem.of(
                            Reason.SERVICE_UNAVAILABLE,
                            "cannot listen on %s: %s; stop what uses it, or choose another address"
                                    .formatted(address, why(e)))
                    .exception();
        }
    }

    private static String why(Throwable e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof UnresolvedAddressException
                ? "the host is not known"
                : String.valueOf(cause.getMessage());
    }

    private static QueuedThreadPool threads() {
        if (System.getProperty(CACHE_LINE) == null) {
            System.setProperty(CACHE_LINE, "16");
        }
        var busy = THREADS_PER_PROCESSOR * Math.max(2, Runtime.getRuntime().availableProcessors());
        var threads = new QueuedThreadPool(WAITING_THREADS + busy, WAITING_THREADS);
        threads.setName("web");
        threads.setReservedThreads(0);
        return threads;
    }

    private ServerConnector plain(Address address) {
        return at(address, new ServerConnector(server, 1, 1, new HttpConnectionFactory(http())));
    }

    private ServerConnector secure(Address address, SslContextFactory.Server tls) {
        var http = http();
        http.addCustomizer(new SecureRequestCustomizer(false));
        var http1 = new HttpConnectionFactory(http);
        var http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION);
        // WebSockets come by connections of their own.
        http2.setConnectProtocolEnabled(false);
        var alpn = new Protocols();
        var secure = new SecureConnections(tls, alpn.getProtocol());
        return at(address, new ServerConnector(server, 1, 1, secure, alpn, http2, http1));
    }

    private ServerConnector at(Address address, ServerConnector connector) {
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(limits.silence().toMillis());
        connector.setShutdownIdleTimeout(patience.silence().toMillis());
        connector.setReuseAddress(true);
        connector.addBean(heads);
        connector.setAcceptQueueSize(MAX_WAITING);
        return connector;
    }

    private static AskingForCertificates tls(Credentials credentials) {
        var tls =
                new AskingForCertificates(
                        credentials.authority(), clients -> NativeTls.load(credentials, clients));
        tls.setKeyStore(credentials.keyStore());
        tls.setKeyStorePassword("");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setSniRequired(false);
        return tls;
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setResponseHeaderSize(MAX_HEAD_BYTES);
        return http;
    }
}
