package dev.slipway.apiserver.http;

import dev.slipway.apiserver.access.Credentials;
import dev.slipway.apiserver.access.TicketKeys;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCounted;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// TLS by BoringSSL: a handshake costs a tenth of what it costs the JDK, above all in the first seconds of a process, and
/// clients may come back by a ticket, after a restart too. Thread-safe.
///
/// A ticket holds the certificate that the client has shown, under our key: who comes back by it is the same user, and
/// the certificate is looked at with each request as ever.
final class NativeTls {
    /// For how long a ticket may be used; its key is thrown away after two days at most.
    private static final Duration TICKET_LIFETIME = Duration.ofDays(1);

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// Forward secrecy and authenticated encryption only.
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final ApplicationProtocolConfig PROTOCOLS =
            new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    "h2",
                    "http/1.1");

    private static final System.Logger LOG = System.getLogger(NativeTls.class.getName());

    private final SslContext context;
    private final TicketKeys tickets;
    private volatile LocalDate day = LocalDate.MIN;

    private NativeTls(SslContext context, TicketKeys tickets) {
        this.context = context;
        this.tickets = tickets;
    }

    /// Loads the library, which takes some tens of milliseconds; empty where there is none for this machine.
    static Optional<NativeTls> load(Credentials credentials, TrustManager clients) {
        if (!OpenSsl.isAvailable()) {
            return Optional.empty();
        }
        try {
            var context =
                    SslContextBuilder.forServer(credentials.serverKey(), credentials.serverChain())
                            .sslProvider(SslProvider.OPENSSL_REFCNT)
                            .protocols(VERSIONS)
                            .ciphers(CIPHERS)
                            .clientAuth(ClientAuth.OPTIONAL)
                            .trustManager(clients)
                            .applicationProtocolConfig(PROTOCOLS)
                            // Nothing that it asks us takes long.
                            .option(OpenSslContextOption.USE_TASKS, false)
                            .build();
            var sessions = (OpenSslSessionContext) context.sessionContext();
            sessions.setSessionCacheEnabled(false);
            sessions.setSessionTimeout((int) TICKET_LIFETIME.toSeconds());
            return Optional.of(new NativeTls(context, credentials.tickets()));
        } catch (SSLException e) {
            LOG.log(Level.WARNING, "TLS goes on without its native library", e);
            return Optional.empty();
        }
    }

    /// Whether an engine is one of ours, and not the JDK's.
    static boolean made(SSLEngine engine) {
        return engine instanceof ReferenceCounted;
    }

    /// Gives the memory of an engine back to the system; it is of no use any more.
    static void free(SSLEngine engine) {
        if (engine instanceof ReferenceCounted counted && counted.refCnt() > 0) {
            counted.release();
        }
    }

    /// An engine for one connection, to be freed when it ends.
    SSLEngine newEngine() {
        if (!day.equals(tickets.day())) {
            renew();
        }
        return context.newEngine(PooledByteBufAllocator.DEFAULT);
    }

    private synchronized void renew() {
        var today = tickets.day();
        if (!day.equals(today)) {
            var keys = tickets.today().stream().map(NativeTls::key);
            ((OpenSslSessionContext) context.sessionContext())
                    .setTicketKeys(keys.toArray(OpenSslSessionTicketKey[]::new));
            day = today;
        }
    }

    /// A third of the bytes is its name, one authenticates, one encrypts.
    private static OpenSslSessionTicketKey key(byte[] bytes) {
        var part = TicketKeys.BYTES / 3;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(bytes, part),
                Arrays.copyOfRange(bytes, part, 2 * part),
                Arrays.copyOfRange(bytes, 2 * part, 3 * part));
    }
}
