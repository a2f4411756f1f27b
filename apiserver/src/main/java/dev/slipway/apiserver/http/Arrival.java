package dev.slipway.apiserver.http;

import dev.slipway.client.web.WebRequest;

/// A request with what is known of the connection that it came by.
///
/// @param secure whether it came over TLS
/// @param port that the server was reached at
record Arrival(WebRequest request, boolean secure, int port) {}
