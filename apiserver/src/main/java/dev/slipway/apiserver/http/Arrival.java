package dev.slipway.apiserver.http;

import dev.slipway.client.web.WebRequest;
import java.security.cert.X509Certificate;
import java.util.List;

/// A request with what is known of the connection that it came by.
///
/// @param secure whether it came over TLS
/// @param port that the server was reached at
/// @param certificates what the client showed in the handshake, its own first
/// @param id tells this request from all others
/// @param address where it came from
record Arrival(
        WebRequest request,
        boolean secure,
        int port,
        List<X509Certificate> certificates,
        String id,
        String address) {
    /// From nowhere in particular.
    Arrival(WebRequest request, boolean secure, int port) {
        this(request, secure, port, List.of(), "", "");
    }
}
